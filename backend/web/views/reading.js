// The circuit breaker on reading personal data: how it stands with oneself, and whom a second person may let go on.
import { ask } from "../api.js";
import { act } from "../panel.js";
import { card, el } from "../dom.js";
import { say, shortTime } from "../words.js";

export const page = "";
export const place = 17;
export const permission = "read_forms";
export const events = ["reading"];
export const path = "/staff/reading";
export const { frame, body } = card("reading");

export function draw({ pace, stopped }, refresh) {
  const mine = pace === "usual" ? [] : [el("p", { class: "bad" }, say(`reading_${pace}`))];
  return [...mine, ...stopped.filter((one) => !one.is_me).map((one) => drawStopped(one, refresh))];
}

function drawStopped({ who, tier, stopped_at }, refresh) {
  const reopen = () => act(async () => {
    await ask("POST", "/staff/reading/reopen", { who });
    await refresh();
  });
  return el("div", { "data-reader": who },
    el("p", {}, say(`reading_of_${tier}`, { who, time: shortTime(stopped_at) })),
    el("button", { onclick: reopen }, say("reading_reopen", { who })));
}

// As long as all is as usual there is nothing to say.
export const isEmpty = ({ pace, stopped }) => pace === "usual" && stopped.every((one) => one.is_me);
