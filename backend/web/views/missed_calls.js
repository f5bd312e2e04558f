// Whose visitor has gone while nobody had come: a lead is told until one has seen it.
import { ask } from "../api.js";
import { card, el } from "../dom.js";
import { act } from "../panel.js";
import { say, shortTime } from "../words.js";

export const page = "";
export const place = 15;
export const permission = "see_missed_calls";
export const events = ["missed_call"];
export const pauseMs = 2000;
export const path = "/staff/calls/missed";
export const { frame, body } = card("missed_calls");

export function draw(calls, refresh) {
  const seen = () => act(async () => {
    await ask("POST", "/staff/calls/missed/seen", { calls: calls.map((call) => call.id) });
    await refresh();
  });
  return [
    el("div", {}, ...calls.map((call) => el("p", { class: "bad" }, say("missed_call", { kiosk: call.kiosk, time: shortTime(call.called_at) })))),
    el("button", { onclick: seen }, say("missed_seen")),
  ];
}

export const isEmpty = (calls) => !calls.length;
