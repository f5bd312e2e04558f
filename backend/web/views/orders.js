// What people could not get done: late ones on top, then by their day. Each has an address of its own.
import { addressOf } from "../address.js";
import { card, el } from "../dom.js";
import { fill, labelled, numberIn, queryOf } from "../filters.js";
import { inOurs, say, shortDay } from "../words.js";

export const page = "orders";
export const place = 30;
export const permission = "see_board";
export const events = ["work_order"];
export const path = "/staff/work-orders";
export const pauseMs = 1000;
export const { frame, body } = card("orders", { title: false });

const WHICH = ["unanswered", "mine", "overdue", "answered", "closed"];
const which = el("select", { name: "which" });
const service = el("select", { name: "service" });
const number = el("input", { name: "number", inputmode: "numeric", enterkeyhint: "search", autocomplete: "off", maxlength: "64" });

// It stays on the page while the list below it is drawn anew.
const search = el("form", { id: "order-search", class: "search", role: "search" },
  labelled("order_number", number), labelled("order_which", which), labelled("service", service),
  el("button", { class: "primary", "data-word": "find" }));
body.before(search);

let refreshed = () => {};

export const query = () => queryOf({ which: which.value, service: service.value, number: numberIn(number) });

export function forget() {
  refreshed = () => {};
  search.reset();
}

search.addEventListener("submit", (event) => { event.preventDefault(); refreshed(); });
for (const select of [which, service]) select.addEventListener("change", () => refreshed());

export const count = ({ waiting }) => waiting;

export function draw({ orders, services, cut }, refresh) {
  refreshed = refresh;
  fill(which, WHICH.map((one) => [one, say(`orders_${one}`)]));
  fill(service, [["", say("any")], ...services.map(({ id, words }) => [id, inOurs(words)])]);
  const heads = ["order_number", "order_what", "order_due", "owner"].map((word) => el("th", { scope: "col" }, say(word)));
  return [
    cut ? el("p", { class: "more" }, say("orders_cut")) : null,
    orders.length
      ? el("table", {}, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...orders.map(drawRow)))
      : el("p", { class: "empty" }, say("no_orders")),
  ];
}

function drawRow(order) {
  return el("tr", { "data-order": order.number, class: order.overdue ? "late" : "" },
    el("td", { class: "number" }, el("a", { class: "button", href: addressOf("orders", order.id) }, order.number)),
    el("td", {}, ...drawWhat(order)),
    el("td", { class: "when" }, ...drawDue(order)),
    el("td", {}, order.owner ?? el("span", { class: "from" }, say("nobody_yet"))));
}

// Where the person stood, and why; the kiosk, and that something waits to be heard.
export function drawWhat({ service: errand, step, reason, kiosk, has_sound: hasSound, one_of_many: isOneOfMany }) {
  return [
    el("div", {}, errand ? `${inOurs(errand)} · ${inOurs(step)}` : inOurs(step)),
    el("b", {}, reason ? inOurs(reason) : say("order_spoken")),
    el("div", { class: "from" }, kiosk),
    hasSound ? el("span", { class: "look" }, say("order_to_hear")) : null,
    isOneOfMany ? el("span", { class: "look" }, say("order_one_of_many")) : null,
  ];
}

export function drawDue({ due, overdue, state }) {
  return [
    el("div", {}, shortDay(due)),
    overdue ? el("b", { class: "bad" }, say("order_overdue")) : el("div", {}, say(`order_state_${state}`)),
  ];
}
