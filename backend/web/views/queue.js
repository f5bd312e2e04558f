// Numbers of the queue: who waits for which errand, and calling the next one.
import { ask } from "../api.js";
import { act } from "../panel.js";
import { card, el } from "../dom.js";
import { inOurs, say, shortTime } from "../words.js";

export const page = "queue";
export const place = 6;
export const permission = "call_numbers";
export const events = ["queue"];
export const pauseMs = 500;
export const path = "/staff/queue";
export const { frame, body } = card("queue", { title: false });

// They stay while the lists below are drawn anew, so that neither loses its focus.
const errand = el("select", { id: "queue-errand" });
const next = el("button", { class: "primary", id: "queue-next", "data-word": "queue_next" });
const bar = el("div", { class: "bar" }, el("label", {}, el("span", { "data-word": "queue_errand" }), errand), next);
const told = el("p", { id: "queue-told", class: "told", role: "status" });
body.before(bar, told);

const KEPT = "queue-errand"; // of this browser: a counter serves the same tomorrow
let refreshed = () => {};

export const query = () => (errand.value ? `?errand=${errand.value}` : "");

export function forget() {
  refreshed = () => {};
  errand.replaceChildren();
  told.textContent = "";
}

errand.addEventListener("change", () => {
  localStorage.setItem(KEPT, errand.value);
  refreshed();
});
next.addEventListener("click", () => press(next, () => ask("POST", `${path}/next`, errand.value ? { errand: errand.value } : {})));

// A button works once at a time, and the focus does not fall off the page with it.
function press(button, work) {
  return act(async () => {
    button.disabled = true;
    try {
      await work();
    } finally {
      await refreshed();
      button.disabled = false;
      if (document.activeElement === document.body) (button.isConnected ? button : next).focus();
    }
  });
}

export function draw({ errands, waiting, more, later, called, absent }, refresh) {
  refreshed = refresh;
  const isFirst = !errand.options.length;
  drawErrands(errands);
  if (isFirst && errand.value) refresh(); // all were asked for
  drawTold(called);
  return [
    ...called.map((one) => drawCalled(one)),
    waiting.length ? drawWaiting(waiting) : el("p", { class: "empty" }, say("queue_nobody")),
    more ? el("p", { class: "more" }, say("queue_more", { n: more })) : null,
    later ? el("p", { class: "more" }, say("queue_later", { n: later })) : null,
    absent.length ? el("h2", {}, say("queue_absent_ones")) : null,
    ...absent.map((one) => el("div", { class: "absent", "data-number": one.number },
      drawNumber(one), drawWhat(one), step(one, "again", "queue_again"))),
  ];
}

// Written only when it changes, else it is read out again.
function drawTold(called) {
  const own = called.find((one) => one.mine);
  const text = own ? say("queue_called", own) : "";
  if (told.textContent !== text) told.textContent = text;
}

function drawErrands(errands) {
  const all = errands.reduce((sum, one) => sum + one.waiting, 0);
  const options = [["", say("queue_all", { n: all })],
    ...errands.map(({ id, words, waiting }) => [id, say("queue_of", { errand: inOurs(words), n: waiting })])];
  if (errand.textContent === options.map(([, text]) => text).join("")) return; // an open list stays open
  const chosen = errand.options.length ? errand.value : localStorage.getItem(KEPT);
  errand.replaceChildren(...options.map(([value, text]) => el("option", { value }, text)));
  errand.value = options.some(([value]) => value === chosen) ? chosen : "";
}

const drawNumber = ({ number }) => el("b", { class: "drawn" }, say("queue_number", { number }));

const drawWhat = ({ errand: what, help, first }) => el("span", { class: "what" },
  inOurs(what),
  first ? el("span", { class: "look" }, say("queue_first")) : null,
  help ? el("span", { class: "look" }, inOurs(help)) : null);

function step({ number }, way, word, kind = "") {
  const button = el("button", { class: kind, "aria-label": `${say(word)} ${say("queue_number", { number })}` }, say(word));
  button.addEventListener("click", () => press(button, () => ask("POST", `${path}/${number}/${way}`)));
  return button;
}

function drawCalled(one) {
  const { number, called_by: name, called_at: at, times_called: n, mine } = one;
  return el("div", { class: mine ? "called mine" : "called", "data-number": number },
    drawNumber(one),
    el("div", {}, drawWhat(one),
      el("p", { class: "when" }, say(n > 1 ? "queue_called_often" : "queue_called_by", { name, time: shortTime(at), n }))),
    el("div", { class: "do" },
      step(one, "again", "queue_again"), step(one, "absent", "queue_absent"), step(one, "served", "queue_served", mine ? "primary" : "")));
}

function drawWaiting(waiting) {
  const heads = ["queue_head_number", "queue_head_errand", "queue_head_since"].map((word) => el("th", {}, say(word)));
  const rows = waiting.map((one) => el("tr", { "data-number": one.number },
    el("td", { class: "number" }, say("queue_number", one)),
    el("td", {}, drawWhat(one)),
    el("td", { class: "when", "data-since": one.drawn_at, "data-say": "waiting" })));
  return el("table", {}, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...rows));
}
