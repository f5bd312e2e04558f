// That nobody calls, where one looks for calls; else what colleagues have in hand.
import { ownName } from "../account.js";
import { el } from "../dom.js";
import { say } from "../words.js";
import { drawCall, rings } from "./calls.js";

export const page = "calls";
export const place = 2;
export const permission = "see_board";
export const events = ["call"];
export const pauseMs = 250;
export const path = "/staff/calls";
export const pushed = ({ calls }) => calls;
export const passing = ["waited_s"];
export const frame = el("section", { id: "no_calls", "data-label": "calls_of_others" });
export const body = frame;

const ofOthers = (calls) => calls.filter((call) => call.staff && call.staff !== ownName() && !rings(call));

export const isEmpty = (calls) => calls.length > 0 && !ofOthers(calls).length;

export function draw(calls, refresh) {
  if (!calls.length) return [el("div", { class: "card nobody" }, el("h2", {}, say("no_calls")), el("p", {}, say("no_calls_hint")))];
  return ofOthers(calls).map((call) => drawCall(call, refresh));
}
