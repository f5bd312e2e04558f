// What comes after sending: a form's papers, its corrections, taking it back for a person who stands there.
import { addressOf, go, here } from "../address.js";
import { showAmend } from "../amend.js";
import { ask } from "../api.js";
import { card, el } from "../dom.js";
import { form, input } from "../form.js";
import { act, closePanel, showPanel } from "../panel.js";
import { named } from "../whose.js";
import { colon, inOurs, say, shortTime } from "../words.js";

const ASKED = { take_back: "after_take_back", brought: "after_brought_asked", seen: "after_seen_asked", corrected: "after_corrected" };

export const page = "forms/*";
export const place = 24;
export const permission = "read_forms";
export const events = ["submission"];
export const path = "/staff/submissions/{submission_id}/after";
export const { frame, body } = card("form_after");

export function draw(after, refresh) {
  const submission = { id: here().id, receipt_number: after.receipt_number };
  const again = async () => {
    closePanel();
    await refresh();
  };
  const amend = () => showAmend(submission, (receipt) => showKept(receipt, again));
  return [
    el("p", { class: "from" }, say("after_person_sees")),
    el("p", {}, el("b", {}, inOurs(after.state)), el("br"), inOurs(after.next)),
    drawRelated("after_corrects", after.corrects),
    drawRelated("after_corrections", after.corrections),
    ...drawPapers(submission, after, again),
    drawAsked(after.asked),
    el("div", { class: "end" },
      after.can_be_changed ? el("button", { id: "after-amend", onclick: amend }, say("amend")) : null,
      after.corrects.length ? el("button", { id: "after-beside", onclick: () => showBeside(submission, again) }, say("after_beside")) : null,
      after.can_be_changed ? el("button", { id: "after-take-back", onclick: () => askReason(submission, again) }, say("after_take_back")) : null),
  ];
}

export const refused = () => [];

function drawRelated(word, forms) {
  if (!forms.length) return null;
  const rows = forms.map((one) => el("li", {}, el("a", { class: "button", href: addressOf("forms", one.id) }, one.receipt_number), colon(), inOurs(one.state),
    one.filled_in_by ? el("div", { class: "from" }, say("after_filled_in", { who: one.filled_in_by, reason: one.reason })) : null));
  return el("div", {}, el("b", {}, say(word)), el("ul", {}, ...rows));
}

function drawPapers(submission, { papers, can_be_changed: canBeChanged }, again) {
  return papers.map(({ field, label, brought_at: broughtAt, seen_by: who, seen_at: seenAt }) => {
    const seen = () => act(async () => {
      await ask("POST", `/staff/submissions/${submission.id}/paper-seen`, { field });
      await again();
    });
    const said = broughtAt ? say("after_brought", { time: shortTime(broughtAt) }) : say("after_missing");
    const state = who ? say("after_seen_by", { who, time: shortTime(seenAt) }) : said;
    return el("p", { class: who ? "paper" : "paper problems", "data-paper": field }, el("b", {}, inOurs(label)), ` ${state} `,
      canBeChanged && !who
        ? el("button", { "aria-label": `${say("after_seen")}${colon()}${inOurs(label)}`, onclick: seen }, say("after_seen")) : "");
  });
}

function drawAsked(asked) {
  if (!asked.length) return null;
  const what = (one) => say(one.kind === "take_back" && one.outcome === "too_late" ? "after_too_late" : ASKED[one.kind]);
  const rows = asked.map((one) => el("tr", {},
    el("td", {}, shortTime(one.at)),
    el("td", {}, [what(one), ...one.labels.map(inOurs)].join(" ")),
    el("td", {}, one.who),
    el("td", {}, one.reason)));
  return el("table", { class: "kept" }, el("tbody", {}, ...rows));
}

// The new receipt number is the person's only way to look their form up: staff give it to them.
function showKept({ id, receipt_number: number }, again) {
  const newer = { id, receipt_number: number };
  showPanel(
    el("h2", {}, say("amend_kept")),
    el("p", {}, say("amend_kept_next")),
    el("p", { class: "code" }, number),
    el("p", {}, say("amend_kept_number")),
    el("div", { class: "end" },
      el("button", { onclick: () => window.print() }, say("own_data_print")),
      el("button", { onclick: () => act(again) }, say("back")),
      el("button", { class: "primary", id: "amend-beside", onclick: () => showBeside(newer, again) }, say("after_beside"))));
}

function askReason(submission, again) {
  const send = async ({ reason }) => {
    await ask("POST", `/staff/submissions/${submission.id}/take-back`, { reason });
    await again();
  };
  showPanel(
    el("h2", {}, say("after_take_back")),
    el("p", {}, say("after_take_back_what")),
    form([input("reason", "after_reason", { maxlength: "200", id: "reason" })], "after_take_back_sure", send));
}

// Both forms, what differs in bold. Taking the new one is a decision of its own: it says which form was beside it.
function showBeside(submission, again) {
  return act(async () => {
    const both = await ask("POST", `/staff/submissions/${submission.id}/beside`);
    const answers = (given) => new Map(given.answers.map((one) => [one.field, one]));
    const [first, newer] = [answers(both.first), answers(both.correction)];
    const rows = [...new Map([...first, ...newer]).entries()].map(([field, answer]) => {
      const differs = both.changed.includes(field);
      const kind = differs ? "b" : "span";
      const cell = (from, word) => el("td", { "data-head": say(word) }, el(kind, {}, from.get(field) ? inOurs(from.get(field).value) : say("left_out")));
      const mark = differs ? el("div", {}, el("span", { class: "look" }, say("after_differs"))) : null;
      return el("tr", { "data-field": field }, el("td", {}, named(answer), mark), cell(first, "after_first"), cell(newer, "after_newer"));
    });
    const take = () => act(async () => {
      await ask("POST", `/staff/submissions/${submission.id}/take`, { instead_of: both.counts });
      await again();
      go("forms", submission.id);
    });
    const head = (word, number) => el("th", { scope: "col" }, say(word), " ", number);
    const heads = [el("td"), head("after_first", both.receipt_number), head("after_newer", submission.receipt_number)];
    showPanel(
      el("h2", {}, say("after_beside")),
      el("p", { class: "empty" }, say("form_audit")),
      both.same_person ? "" : el("p", { class: "problems" }, say("after_other_person")),
      both.can_be_taken ? "" : el("p", { class: "problems" }, say("because_no_longer_counts")),
      el("table", {}, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...rows)),
      el("div", { class: "end" },
        el("button", { onclick: closePanel }, say("back")),
        both.can_be_taken ? el("button", { class: "primary", id: "after-take", onclick: take }, say("after_take")) : ""));
  }, "cannot_open");
}
