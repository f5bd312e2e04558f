// How long ago something was, by the hall's clock: the browser's may be wrong.
import { say } from "./words.js";

let ahead = 0;

export function setClock(now) {
  ahead = Date.parse(now) - Date.now();
}

const passed = (moment) => (Date.now() + ahead - Date.parse(moment)) / 1000;

export const secondsSince = (moment) => Math.max(0, Math.floor(passed(moment)));
export const secondsUntil = (moment) => Math.max(0, Math.floor(-passed(moment)));

// Writes anew every time on the page: <p data-since="a moment" data-say="a word with {time}">.
export function writeTimes() {
  for (const element of document.querySelectorAll("[data-since]")) {
    element.textContent = say(element.dataset.say, { time: spanText(secondsSince(element.dataset.since)) });
  }
}

export function spanText(seconds) {
  const [minutes, hours, days] = [60, 3600, 86400].map((unit) => Math.floor(seconds / unit));
  if (days) return say("days", { d: days });
  if (hours) return say("hours", { h: hours, m: minutes % 60 });
  return minutes ? say("minutes", { m: minutes, s: seconds % 60 }) : say("seconds", { s: seconds });
}
