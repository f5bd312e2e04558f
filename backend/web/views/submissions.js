// Forms, open ones first, a page at a time: how far each has got and who deals with it. Each has an address of its own.
import { addressOf } from "../address.js";
import { card, el } from "../dom.js";
import { drawSearch, forgetSearch, onSearch, query as searched, search } from "../search.js";
import { comma, inOurs, say, shortTime } from "../words.js";

export const page = "forms";
export const place = 7;
export const permission = "see_board";
export const events = ["submission"];
export const path = "/staff/submissions";
export const pauseMs = 3000;
const MOST_COUNTED = 1000;
export const { frame, body } = card("submissions", { title: false });
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
  const heads = ["receipt_number", "service", "filled_at", "status", "owner"].map((word) => el("th", { scope: "col" }, say(word)));
  const table = el("table", {}, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...submissions.map(drawRow)));
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

function drawRow(submission) {
  return el("tr", { "data-submission": submission.id },
    el("td", { class: "number" }, el("a", { class: "button", href: addressOf("forms", submission.id) }, submission.receipt_number)),
    el("td", {}, inOurs(submission.service), el("div", { class: "from" }, submission.kiosk), drawTogether(submission)),
    el("td", { class: "when" }, ...drawWhen(submission)),
    el("td", {}, ...drawState(submission)),
    el("td", {}, submission.owner ?? el("span", { class: "from" }, say("nobody_yet"))));
}

export function drawState({ state, status, corrects, needs_person: needsPerson }) {
  return [
    el("span", { class: status === "done" ? "done" : "" }, inOurs(state)),
    ...(corrects ? [el("br"), el("span", { class: "look" }, say("is_correction"))] : []),
    ...(needsPerson ? [el("br"), el("span", { class: "look" }, say("needs_person"))] : []),
  ];
}

export function drawTogether({ together }) {
  if (!together.length) return null;
  const others = together.map(({ receipt_number, service }) => `${inOurs(service)} ${receipt_number}`).join(comma());
  return el("div", { class: "from together" }, say("together", { others }));
}

// When it was filled in, and how long the person has waited since. Of a kiosk with a wrong clock only the arrival is known.
export function drawWhen({ filled_at, clock_wrong, status }) {
  const ago = { "data-since": filled_at, "data-say": clock_wrong ? "arrived_ago" : "filled_ago" };
  return [
    el("div", {}, shortTime(filled_at)),
    status === "done" ? null : el("div", {}, el("b", ago)),
    clock_wrong ? el("div", { class: "from" }, say("clock_wrong")) : null,
  ];
}
