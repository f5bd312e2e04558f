// What was filled in, private answers covered. Each look is written down, so it is fetched only when one comes here.
import { here } from "../address.js";
import { ask } from "../api.js";
import { card, draw as svg, el } from "../dom.js";
import { form as panelForm, input } from "../form.js";
import { act, closePanel, showPanel, why } from "../panel.js";
import { underHeads } from "../whose.js";
import { colon, inOurs, say, shortTime } from "../words.js";

export const page = "forms/*";
export const place = 22;
export const permission = "read_forms";
export const method = "POST";
export const events = [];
export const path = "/submissions/{submission_id}/open";
export const { frame, body } = card("form_answers");

export function draw(form, refresh) {
  const told = (word, items) => items.length
    ? el("div", { class: "problems" }, el("b", {}, say(word)), el("ul", {}, ...items.map((one) => el("li", {}, inOurs(one))))) : null;
  return [
    el("p", { class: "empty unprinted" }, say("form_audit")),
    form.verdict ? el("p", {}, el("b", {}, say("form_verdict")), colon(), inOurs(form.verdict)) : null,
    told("form_problems", form.problems),
    told("form_to_bring", form.to_bring),
    form.rules.length ? el("div", { class: "rules" }, say("form_rules"), el("ul", {}, ...form.rules.map((one) => el("li", {}, inOurs(one))))) : null,
    el("table", { class: "answers" }, el("tbody", {}, ...underHeads(form.answers, (answer) => drawAnswer(answer, refresh)))),
    form.answers.some((one) => one.is_masked)
      ? el("div", { class: "end" }, el("button", { id: "show-all", onclick: askReason }, say("reveal_all"))) : null,
  ].filter((part) => part !== null);
}

export const refused = (error) => error.status === 404 ? [] : [el("p", { class: "bad" }, why(error, "cannot_open"))];

function askReason() {
  const id = here().id;
  const send = async ({ reason }) => {
    const form = await ask("POST", `/staff/submissions/${id}/reveal-all`, { reason });
    closePanel();
    body.replaceChildren(...draw(form));
  };
  showPanel(
    el("h2", {}, say("reveal_all")),
    el("p", {}, say("reveal_all_what")),
    panelForm([input("reason", "after_reason", { maxlength: "200", id: "reveal-reason" })], "reveal_all_sure", send, "reason_check"));
}

function drawAnswer(answer, refresh) {
  const path = `/submissions/${here().id}`;
  const value = el("td", {}, inOurs(answer.value), ...drawSigned(answer.ink), drawWitness(answer.mark),
    ...drawRecord(answer.on_record));
  const reveal = (event) => act(async () => {
    const shown = await ask("POST", `${path}/reveal`, { field: answer.field });
    value.replaceChildren(inOurs(shown), ...drawSigned(shown.ink), ...drawRecord(shown.on_record));
    event.target.remove();
  });
  const witness = () => act(async () => {
    await ask("POST", `${path}/witness`, { field: answer.field });
    await refresh();
  });
  const unseen = answer.mark && !answer.mark.witness;
  const button = (word, onclick) => el("button", { "aria-label": `${say(word)}${colon()}${inOurs(answer.label)}`, onclick }, say(word));
  return el("tr", { "data-field": answer.field },
    el("td", {}, inOurs(answer.label), answer.source ? el("div", { class: "from" }, inOurs(answer.source)) : null),
    value,
    el("td", { class: "do" },
      answer.is_masked ? button("reveal", reveal) : null,
      unseen ? button("witness", witness) : null));
}

// What an office has on record instead of what was answered.
function drawRecord(record) {
  return record ? [el("div", { class: "from" }, inOurs(record))] : [];
}

// A signature as it was drawn, in tenths of a millimetre.
function drawSigned(ink) {
  if (!ink.length) return [];
  const [xs, ys] = [0, 1].map((axis) => ink.flat().map((point) => point[axis]));
  const [left, top] = [Math.min(...xs) - 30, Math.min(...ys) - 30];
  const box = [left, top, Math.max(...xs) - left + 30, Math.max(...ys) - top + 30].join(" ");
  const lines = ink.map((line) => svg("polyline", { points: (line.length > 1 ? line : [line[0], line[0]]).join(" ") }));
  return [svg("svg", { viewBox: box, class: "signature", role: "img", "aria-label": say("signature") }, ...lines)];
}

function drawWitness(mark) {
  if (!mark) return null;
  const { witness, at } = mark;
  return el("div", { class: "from" }, witness ? say("witnessed", { who: witness, at: shortTime(at) }) : say("not_witnessed"));
}
