// What people could not get done, by service and step: for leads, to mend the service and not only the one case.
import { card, el } from "../dom.js";
import { inOurs, say } from "../words.js";

export const page = "orders";
export const place = 32;
export const permission = "read_figures";
export const events = ["work_order"];
export const pauseMs = 10000;
export const path = "/staff/work-orders/figures";
export const { frame, body } = card("order_figures");
const MOST = 20;

export const isEmpty = (counts) => !counts.length;

export function draw(counts) {
  const heads = ["order_count", "service", "order_step", "order_reason"].map((word) => el("th", { scope: "col" }, say(word)));
  return [el("table", {}, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...counts.slice(0, MOST).map((one) => el("tr", {},
    el("td", { class: "number" }, one.unanswered ? say("order_count_open", { n: one.count, open: one.unanswered }) : String(one.count)),
    el("td", {}, inOurs(one.service)),
    el("td", {}, inOurs(one.step)),
    el("td", {}, one.reason_words ? inOurs(one.reason_words) : say("order_spoken"))))))];
}
