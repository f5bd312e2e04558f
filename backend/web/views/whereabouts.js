// What is to be known of calls beside those that ring: who is where.
import { el } from "../dom.js";
import { say } from "../words.js";

export const page = "calls";
export const place = 1;
export const permission = "see_board";
export const events = ["call"];
export const pauseMs = 250;
export const path = "/staff/calls";
export const frame = el("section", { id: "whereabouts" });
export const body = frame;

export function draw(calls) {
  if (calls.length) return [];
  return [el("div", { class: "card nobody" }, el("h2", {}, say("no_calls")), el("p", {}, say("no_calls_hint")))];
}
