// Each no that a colleague has proposed and that waits for a second person, for those who may agree to it.
import { addressOf } from "../address.js";
import { card, el } from "../dom.js";
import { comma, inOurs, say, shortTime } from "../words.js";

export const page = "forms";
export const place = 5;
export const permission = "review_decisions";
export const events = ["submission"];
export const pauseMs = 3000;
export const path = "/staff/rulings/proposed";
export const { frame, body } = card("proposed");

export function draw(waiting) {
  return [el("ul", { class: "plain" }, ...waiting.map(({ submission, receipt_number: number, service, who, at }) => el("li", {},
    el("a", { class: "button", href: addressOf("forms", submission) }, number),
    ` ${inOurs(service)}`, el("div", { class: "from" }, who, comma(), shortTime(at)))))];
}

export const isEmpty = (waiting) => !waiting.length;

export const count = (waiting) => waiting.length;
