// To decide on a form: what the rules advise, the three ways, and what its person will read, before it counts.
import { here } from "../address.js";
import { ask } from "../api.js";
import { card, el } from "../dom.js";
import { form, input } from "../form.js";
import { act, closePanel, showPanel, why } from "../panel.js";
import { drawPast, drawRead } from "../rulings.js";
import { colon, comma, inOurs, say } from "../words.js";

export const page = "forms/*";
export const place = 26;
export const permission = "decide_forms";
export const events = ["submission"];
export const path = "/staff/submissions/{submission_id}/ruling";
export const { frame, body } = card("form_ruling");

const route = (act = "") => `/staff/submissions/${here().id}/ruling${act}`;

export function draw(panel, refresh) {
  const { can_decide: canDecide, waits, may_review: mayReview, may_agree: mayAgree, rulings } = panel;
  const decided = rulings.some(({ ruling }) => !ruling.ended_at && !ruling.waits && ruling.told.kind !== "more");
  return [
    drawAdvice(panel),
    panel.untaken ? el("p", { class: "problems" }, say("because_correction_waits")) : null,
    panel.newer.length ? el("p", { class: "problems" }, say("ruling_newer", { numbers: panel.newer.join(comma()) })) : null,
    ...rulings.map(drawPast),
    waits ? el("p", { class: "problems" }, say("ruling_waits")) : null,
    canDecide && panel.lacks.length ? el("p", { class: "problems" }, say("ruling_lacks")) : null,
    el("div", { class: "acts", id: "ruling-ways" },
      ...(canDecide && !waits ? Object.keys(panel.ways).map((kind) => drawWay(kind, panel, refresh)) : []),
      mayAgree ? el("button", { class: "primary", id: "ruling-agree", onclick: () => agree(panel.version, refresh) }, say("ruling_agree")) : null,
      waits && mayReview ? el("button", { id: "ruling-hand-back", onclick: () => askWhy("hand_back", refresh) }, say("ruling_hand_back")) : null,
      decided && mayReview ? el("button", { id: "ruling-take-up", onclick: () => askWhy("take_up", refresh) }, say("ruling_take_up")) : null),
  ];
}

export const refused = () => [];

function drawAdvice({ verdict, advice }) {
  if (!verdict) return el("p", {}, say("ruling_no_advice"));
  const lines = advice.map(({ label, words, source, holds }) => el("li", {},
    inOurs(label) ? el("b", {}, `${inOurs(label)}${colon()}`) : null, inOurs(words), holds === null ? `${comma()}${say("ruling_not_known")}` : null,
    source ? el("div", { class: "from" }, source) : null));
  return el("div", { class: lines.length ? "problems" : "" },
    el("b", {}, say("ruling_advice")), colon(), inOurs(verdict),
    lines.length ? el("ul", {}, ...lines) : el("div", { class: "from" }, say("ruling_nothing_against")));
}

function drawWay(kind, panel, refresh) {
  const cannot = !panel.ways[kind].reasons.length || (kind === "refused" && panel.lacks.length > 0);
  const attributes = { id: `ruling-${kind}`, class: kind === "accepted" ? "primary" : "", disabled: cannot };
  return el("button", { ...attributes, onclick: () => showWay(kind, panel, refresh) }, say(`ruling_${kind}`));
}

// What is preselected is the usual, so a yes is two taps; why it is a no has to be chosen. Each change shows at once what
// its person will read.
function showWay(kind, panel, refresh) {
  const { reasons, against } = panel.ways[kind];
  const pick = (name, options, none) => el("select", { name, id: `ruling-${name}`, required: name === "reason" },
    none ? el("option", { value: "" }, say(none)) : null, ...options.map(({ id, words }) => el("option", { value: id }, inOurs(words))));
  const remedies = kind !== "refused" ? [] : panel.remedies.map(({ id, words }) => el("label", { class: "choice" },
    el("input", { type: "checkbox", name: "remedies", value: id, checked: true }), inOurs(words)));
  const reads = el("div", { id: "ruling-reads", "aria-live": "polite" });
  const inputs = [
    el("label", {}, say("ruling_reason"), pick("reason", reasons, kind === "refused" ? "ruling_choose" : null)),
    input("own_words", "ruling_own_words", { maxlength: "200", required: false }),
    kind === "accepted" ? "" : el("label", {}, say("ruling_basis"), pick("basis", panel.bases, kind === "more" ? "ruling_no_basis" : null)),
    remedies.length ? el("fieldset", {}, el("legend", {}, say("ruling_remedies")), ...remedies) : "",
    against ? input("otherwise", "ruling_otherwise", { maxlength: "200" }) : "",
    kind === "refused" && panel.by_two ? el("p", { class: "from" }, say("ruling_by_two")) : "",
    el("b", {}, say("ruling_reads")),
    reads,
  ];
  const decide = async ({ otherwise = "" }) => {
    try {
      await ask("POST", route(), { ...chosen(kind, made), otherwise: otherwise.trim(), version: panel.version });
    } finally {
      await refresh();
    }
    closePanel();
  };
  const made = form(inputs, "ruling_sure", decide);
  const show = async () => {
    if (!chosen(kind, made).reason) return reads.replaceChildren(el("p", {}, say("ruling_choose")));
    try {
      reads.replaceChildren(drawRead(await ask("POST", route("/preview"), chosen(kind, made))));
    } catch (error) {
      if (error.status === 401) return document.dispatchEvent(new Event("logged-out"));
      reads.replaceChildren(el("p", { class: "error" }, why(error)));
    }
  };
  made.addEventListener("change", show);
  showPanel(el("h2", {}, say(`ruling_${kind}`)), made);
  return show();
}

function chosen(kind, made) {
  const given = new FormData(made);
  return {
    kind,
    reason: given.get("reason"),
    own_words: given.get("own_words").trim(),
    basis: given.get("basis") || null,
    remedies: given.getAll("remedies"),
  };
}

const agree = (version, refresh) => act(async () => {
  await ask("POST", route("/agree"), { version });
  await refresh();
});

function askWhy(what, refresh) {
  const send = async ({ why: reason }) => {
    await ask("POST", route(`/${what.replace("_", "-")}`), { why: reason });
    await refresh();
    closePanel();
  };
  showPanel(
    el("h2", {}, say(`ruling_${what}`)),
    what === "take_up" ? el("p", {}, say("ruling_take_up_what")) : "",
    form([input("why", "ruling_why", { maxlength: "200" })], `ruling_${what}`, send));
}
