// Forms, open ones first, a page at a time: how far each has got, and its answers for whoever may read them.
import { showAfter } from "../after.js";
import { ask } from "../api.js";
import { act, closeDialog, showDialog } from "../dialog.js";
import { $, card, draw as svg, el } from "../dom.js";
import { drawSearch, forgetSearch, onSearch, query as searched, search } from "../search.js";
import { underHeads } from "../whose.js";
import { inOurs, say, shortTime } from "../words.js";

export const place = 7;
export const permission = "see_board";
export const events = ["submission"];
export const path = "/staff/submissions";
export const pauseMs = 3000;
const MOST_COUNTED = 1000;
export const { frame, body } = card("submissions");
body.before(search);

let cursor = null;

export const query = () => searched(cursor);

export function forget() {
  cursor = null;
  forgetSearch();
}

export function draw({ statuses, services, kiosks, open, submissions, previous, next }, refresh) {
  drawSearch(statuses, services, kiosks);
  const turnTo = (to) => async () => {
    cursor = to;
    await refresh();
    frame.scrollIntoView();
  };
  onSearch(turnTo(null));
  const heads = ["receipt_number", "service", "filled_at", "status"].map((word) => el("th", {}, say(word)));
  const table = el("table", {},
    el("thead", {}, el("tr", {}, ...heads, el("td"))),
    el("tbody", {}, ...submissions.map((submission) => drawRow(submission, statuses, refresh))));
  const none = el("p", { class: "empty" }, say(searched(null) ? "none_found" : "no_submissions"));
  const left = open === 0 ? "all_done" : open < MOST_COUNTED ? "open_forms" : "many_open_forms";
  return [
    el("p", { class: "more" }, open || submissions.length ? say(left, { n: open }) : ""),
    submissions.length ? table : none,
    el("div", { class: "turn" },
      previous ? el("button", { id: "first-page", onclick: turnTo(null) }, say("first_page")) : null,
      previous ? el("button", { id: "previous-page", onclick: turnTo(previous) }, say("previous_page")) : null,
      next ? el("button", { id: "next-page", onclick: turnTo(next) }, say("next_page")) : null),
  ];
}

function drawRow(submission, statuses, refresh) {
  const status = inOurs(submission.state);
  return el("tr", { "data-submission": submission.id },
    el("td", { class: "number" }, submission.receipt_number),
    el("td", {}, inOurs(submission.service), el("div", { class: "from" }, submission.kiosk), drawTogether(submission)),
    el("td", { class: "when" }, ...drawWhen(submission)),
    el("td", {},
      el("span", { class: submission.status === "done" ? "done" : "" }, status),
      submission.corrects ? el("br") : null,
      submission.corrects ? el("span", { class: "look" }, say("is_correction")) : null,
      submission.needs_person ? el("br") : null,
      submission.needs_person ? el("span", { class: "look" }, say("needs_person")) : null),
    el("td", { class: "do" },
      el("button", { onclick: () => showForm(submission) }, say("open")),
      el("button", { onclick: () => showStatus(submission, statuses, refresh) }, say("change_status")),
      el("button", { class: "after", onclick: () => showAfter(submission, refresh) }, say("after"))));
}

function drawTogether({ together }) {
  if (!together.length) return null;
  const others = together.map(({ receipt_number, service }) => `${inOurs(service)} ${receipt_number}`).join("，");
  return el("div", { class: "from together" }, say("together", { others }));
}

// When it was filled in, and how long the person has waited since. Of a kiosk with a wrong clock only the arrival is known.
function drawWhen({ filled_at, clock_wrong, status }) {
  const ago = { "data-since": filled_at, "data-say": clock_wrong ? "arrived_ago" : "filled_ago" };
  return [
    el("div", {}, shortTime(filled_at)),
    status === "done" ? null : el("div", {}, el("b", ago)),
    clock_wrong ? el("div", { class: "from" }, say("clock_wrong")) : null,
  ].filter((part) => part !== null);
}

function showStatus(submission, statuses, refresh) {
  const choices = statuses.map(({ id, words }) => el("label", { class: "choice" },
    el("input", { type: "radio", name: "status", value: id, checked: id === submission.status }), inOurs(words)));
  const note = el("textarea", { rows: "2", maxlength: "200", id: "note", placeholder: say("note_example") });
  note.value = submission.note;
  const save = () => act(async () => {
    const status = $("dialog").querySelector("input[name=status]:checked").value;
    await ask("PUT", `/submissions/${submission.id}/status`, { status, note: note.value.trim() });
    closeDialog();
    await refresh();
  });
  showDialog(
    el("h2", {}, say("status_title", { number: submission.receipt_number })),
    ...choices,
    el("label", {}, say("note"), note),
    el("div", { class: "end" },
      el("button", { onclick: closeDialog }, say("cancel")),
      el("button", { class: "primary", id: "save-status", onclick: save }, say("save"))));
}

function showForm(submission) {
  return act(async () => {
    const form = await ask("POST", `/submissions/${submission.id}/open`);
    const problems = form.problems.map((problem) => el("li", {}, inOurs(problem)));
    const rules = form.rules.map((rule) => el("li", {}, inOurs(rule)));
    const toBring = form.to_bring.map((paper) => el("li", {}, inOurs(paper)));
    showDialog(
      el("h2", {}, say("form_title", { number: submission.receipt_number })),
      el("p", { class: "empty" }, say("form_audit")),
      form.verdict ? el("p", {}, el("b", {}, say("form_verdict")), "：", inOurs(form.verdict)) : "",
      problems.length ? el("div", { class: "problems" }, el("b", {}, say("form_problems")), el("ul", {}, ...problems)) : "",
      toBring.length ? el("div", { class: "problems" }, el("b", {}, say("form_to_bring")), el("ul", {}, ...toBring)) : "",
      rules.length ? el("div", { class: "rules" }, say("form_rules"), el("ul", {}, ...rules)) : "",
      el("table", {}, el("tbody", {}, ...underHeads(form.answers, (answer) => drawAnswer(submission, answer)))),
      el("div", { class: "end" }, el("button", { class: "primary", onclick: closeDialog }, say("back"))));
  }, "cannot_open");
}

function drawAnswer(submission, answer) {
  const value = el("td", {}, inOurs(answer.value), ...drawSigned(answer.ink), drawWitness(answer.mark),
    ...drawRecord(answer.on_record));
  const reveal = (event) => act(async () => {
    const shown = await ask("POST", `/submissions/${submission.id}/reveal`, { field: answer.field });
    value.replaceChildren(inOurs(shown), ...drawSigned(shown.ink), ...drawRecord(shown.on_record));
    event.target.remove();
  });
  const witness = () => act(async () => {
    await ask("POST", `/submissions/${submission.id}/witness`, { field: answer.field });
    await showForm(submission);
  });
  const unseen = answer.mark && !answer.mark.witness;
  return el("tr", { "data-field": answer.field },
    el("td", {}, inOurs(answer.label), answer.source ? el("div", { class: "from" }, inOurs(answer.source)) : null),
    value,
    el("td", { class: "do" },
      answer.is_masked ? el("button", { onclick: reveal }, say("reveal")) : null,
      unseen ? el("button", { onclick: witness }, say("witness")) : null));
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
