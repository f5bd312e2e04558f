// A correction that staff fill in for the person: single answers, judged by the form's own rules, kept as a form of its own.
import { ask } from "./api.js";
import { act, closePanel, showPanel, why } from "./panel.js";
import { $, el } from "./dom.js";
import { named, underHeads } from "./whose.js";
import { colon, inOurs, say } from "./words.js";

// `kept(receipt)` once there is a new form.
export function showAmend(submission, kept) {
  const draft = { submission, kept, id: newId(), changes: {}, opened: new Set(), reason: "", told: null };
  return act(async () => {
    draft.told = await look(draft);
    draw(draft);
  }, "cannot_open");
}

// Drawn here, so that a second try of the same correction is the same form. Not randomUUID: it is missing without TLS.
function newId() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

const look = ({ submission, changes }) => ask("POST", `/staff/submissions/${submission.id}/correcting`, { changes });

function draw(draft, said = "") {
  const error = el("p", { class: "error", role: "alert" }, said);
  const reason = el("input", { name: "reason", id: "amend-reason", required: true, maxlength: "200", autocomplete: "off" });
  reason.value = draft.reason;
  const made = el("form", {},
    el("table", { class: "amend" }, el("tbody", {}, ...underHeads(draft.told.questions, (one) => drawRow(draft, one)))),
    el("label", {}, say("amend_reason"), reason),
    error,
    el("div", { class: "end" },
      el("button", { type: "button", onclick: closePanel }, say("cancel")),
      el("button", { class: "primary", id: "amend-keep" }, say("amend_keep"))));
  made.noValidate = true; // the hall says what is wrong, at each answer
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    read(draft, made);
    error.textContent = "";
    try {
      await keep(draft);
    } catch (trouble) {
      if (trouble.status === 401) return document.dispatchEvent(new Event("logged-out"));
      error.textContent = why(trouble, "amend_check");
    }
  });
  const before = draft.form;
  draft.form = made;
  if (before?.isConnected) return before.replaceWith(made);
  showPanel(
    el("h2", {}, say("amend_title", { number: draft.submission.receipt_number })),
    el("p", { class: "empty" }, say("amend_how")),
    made);
}

// First what the form's rules say, and once more only when there is something new to see.
async function keep(draft) {
  if (!Object.keys(draft.changes).length) return draw(draft, say("amend_nothing"));
  const seen = ({ questions }) => questions.map((one) => JSON.stringify([one.field, one.warning]));
  const before = seen(draft.told);
  draft.told = await look(draft);
  const isNews = seen(draft.told).some((one) => !before.includes(one));
  if (!draft.told.can_be_kept || isNews) {
    draw(draft, say(draft.told.can_be_kept ? "amend_look" : "amend_check"));
    return ($("panel").querySelector("tr.wrong :is(input, select)") ?? $("amend-keep")).focus();
  }
  if (!draft.reason) {
    draw(draft, say("amend_no_reason"));
    return $("amend-reason").focus();
  }
  const path = `/staff/submissions/${draft.submission.id}/corrections/${draft.id}`;
  draft.kept(await ask("PUT", path, { changes: draft.changes, reason: draft.reason }));
}

// What was typed, of the questions that are open.
function read(draft, form) {
  draft.reason = form.elements.reason.value.trim();
  draft.changes = {};
  for (const { field, kind } of draft.told.questions) {
    if (!draft.opened.has(field)) continue;
    const inputs = [...form.querySelectorAll(`[name="${CSS.escape(`answer-${field}`)}"]`)];
    const values = kind === "several" ? inputs.filter((one) => one.checked).map((one) => one.value) : inputs.map((one) => one.value.trim());
    draft.changes[field] = values.join(" ");
  }
}

function drawRow(draft, question) {
  const { field, label, member, value, error, warning, is_fixed: isFixed } = question;
  if (error && !isFixed) draft.opened.add(field);
  const isOpen = draft.opened.has(field);
  const toggle = () => {
    read(draft, draft.form);
    if (isOpen) draft.opened.delete(field);
    else draft.opened.add(field);
    draw(draft);
    ($("panel").querySelector(`[name="${CSS.escape(`answer-${field}`)}"]`) ?? $("panel").querySelector(`[data-change="${CSS.escape(field)}"]`)).focus();
  };
  const said = [
    error ? el("p", { class: "bad", id: `said-${field}` }, inOurs(error)) : null,
    !error && warning && isOpen ? el("p", { class: "from", id: `said-${field}` }, inOurs(warning)) : null,
    isFixed ? el("p", { class: "from" }, say("amend_fixed")) : null,
  ];
  const old = value ? inOurs(value) : say("left_out");
  return el("tr", { "data-field": field, class: error ? "wrong" : "" },
    el("td", {}, inOurs(label)),
    el("td", {}, ...(isOpen ? drawInput(draft, question) : [old]), ...said),
    el("td", { class: "do" }, isFixed ? null : el("button",
      { type: "button", "data-change": field, "aria-label": `${say(isOpen ? "amend_leave" : "amend_change")}${colon()}${named({ member, label })}`, onclick: toggle },
      say(isOpen ? "amend_leave" : "amend_change"))));
}

function drawInput(draft, { field, label, member, kind, options, chosen, example, error }) {
  const typed = draft.changes[field];
  const name = `answer-${field}`;
  const attributes = { name, "aria-label": named({ member, label }), "aria-describedby": `said-${field}`, "aria-invalid": error ? "true" : false };
  if (kind === "several") {
    const ticked = typed === undefined ? chosen : typed.split(" ");
    return [el("div", { role: "group", "aria-label": attributes["aria-label"] }, ...options.map(({ id, words }) => el("label", { class: "choice" },
      el("input", { type: "checkbox", name, value: id, checked: ticked.includes(id) }), inOurs(words))))];
  }
  if (kind === "choice") {
    const select = el("select", attributes, el("option", { value: "" }, say("please_choose")),
      ...options.map(({ id, words }) => el("option", { value: id }, inOurs(words))));
    select.value = typed ?? chosen[0] ?? "";
    return [select];
  }
  const input = el("input", { ...attributes, type: kind === "day" ? "date" : "text", autocomplete: "off", maxlength: "1000" });
  input.value = typed ?? "";
  return [input, kind === "day" ? "" : el("small", { class: "from" }, say("amend_example", { example }))];
}
