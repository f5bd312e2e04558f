// The line to the hall: the stream of events, whether the hall answers, and since when it does not.
import { ask, follow } from "./api.js";
import { $ } from "./dom.js";
import { ringLost } from "./sound.js";
import { say, shortTime } from "./words.js";

const TRY_AGAIN_MS = 1000;
const SILENT_MS = 20000; // then the hall is asked whether it is there
const ASLEEP_MS = 5000; // a clock that ticks every second has stood still

let stream = null;
let isGone = false;
let heardAt = Date.now();
let tickedAt = Date.now();
let again = null;
let restart = () => {};

// `kinds` of events; `happened(kind, data)` for each; `start()` looks at everything and follows anew.
export function followHall(kinds, happened, start) {
  hangUp();
  restart = start;
  stream = follow(kinds, (kind, data) => { answered(); happened(kind, data); }, broken);
}

export function hangUp() {
  clearTimeout(again);
  stream?.close();
  stream = null;
}

function broken(which) {
  gone();
  if (which.readyState !== EventSource.CLOSED) return;
  clearTimeout(again);
  again = setTimeout(() => which === stream && restart(), TRY_AGAIN_MS);
}

// The hall has said something.
export function answered() {
  heardAt = Date.now();
  if (stream?.readyState === EventSource.OPEN) show(false);
}

export function gone() {
  if (stream) show(true);
}

function show(now) {
  if (now && !isGone) ringLost();
  isGone = now;
  drawLine();
}

// What stood here last stays, and says of when it is.
export function drawLine() {
  document.body.classList.toggle("gone", isGone);
  $("link").textContent = say(isGone ? "offline" : stream?.readyState === EventSource.OPEN ? "online" : "connecting");
  const text = isGone ? say("gone", { time: shortTime(new Date(heardAt)) }) : "";
  if ($("gone").textContent !== text) $("gone").textContent = text;
  $("gone").hidden = !isGone;
}

// Every second: after a sleep the stream may be dead without knowing it, and so may a cable that was pulled out.
export function tickLine() {
  const now = Date.now();
  const slept = now - tickedAt > ASLEEP_MS;
  tickedAt = now;
  if (!stream) return;
  if (slept) restart();
  else if (now - heardAt > SILENT_MS) askWhetherThere();
}

let isAsking = false;

async function askWhetherThere() {
  if (isAsking) return;
  isAsking = true;
  try {
    await ask("GET", "/health");
    answered();
  } catch (error) {
    if (error.status) answered();
    else gone();
  }
  isAsking = false;
}

document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && tickLine());
addEventListener("pageshow", (event) => event.persisted && stream && restart());
addEventListener("online", () => stream && restart());
addEventListener("offline", gone);
