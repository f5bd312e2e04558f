// Who needs help. It rings until someone is on the way.
import { ask } from "../api.js";
import { act } from "../dialog.js";
import { el } from "../dom.js";
import { ring } from "../sound.js";
import { inOurs, say } from "../words.js";

const RING_EVERY_MS = 3000;

export const place = 0;
export const permission = "see_board";
export const events = ["call"];
export const path = "/staff/calls";
export const pauseMs = 250;
export const frame = el("section", { id: "calls", "aria-live": "assertive" });
export const body = frame;

const TURN_MS = 10;
const LONGEST_TURN_MS = 2000;

let ringing = 0;
let pages = 1;
let telling = null;
setInterval(() => ringing && ring(), RING_EVERY_MS);

const rings = (call) => ["requested", "notified"].includes(call.state);

export function draw(calls, refresh) {
  if (!calls.length) {
    return [el("div", { class: "card nobody" }, el("h2", {}, say("no_calls")), el("p", {}, say("no_calls_hint")))];
  }
  return calls.map((call) => {
    const isComing = !rings(call);
    const [step, route] = isComing ? ["close", "resolve"] : ["acknowledge", "set-out"];
    const press = () => act(async () => { await ask("POST", `/calls/${call.id}/${route}`); await refresh(); });
    return el("article", { class: `call ${isComing ? "coming" : "ringing"}`, "data-call": call.id },
      el("div", {},
        el("h2", {}, call.kiosk),
        el("p", { class: "where" }, `${call.service ? inOurs(call.service) : say("no_service")} · ${inOurs(call.screen)}`),
        call.proven ? null : el("p", { class: "bad" }, say("call_unproven")),
        call.reason ? el("p", { class: "reason" }, call.reason) : null),
      isComing
        ? el("div", { class: "clock" }, say("on_the_way", { name: call.staff }))
        : el("div", { class: "clock", "data-since": call.called_at, "data-say": "waiting" }),
      el("button", { onclick: press }, say(step)));
  });
}

export function pushed(data) {
  pages = data.pages;
  return data.calls;
}

// "notified" means that a staff page has shown the call, so it is said only now. Of many pages a few are the first to say
// so, and the others hear of it before their turn comes.
export function shown(calls) {
  clearTimeout(telling);
  const unseen = calls.filter((call) => call.state === "requested").map((call) => call.id);
  const tell = () => act(() => ask("POST", "/staff/calls/seen", { calls: unseen }));
  if (unseen.length) telling = setTimeout(tell, Math.random() * Math.min((pages - 1) * TURN_MS, LONGEST_TURN_MS));
}

export function tick(calls) {
  ringing = (calls ?? []).filter(rings).length;
  if (ringing && Math.floor(Date.now() / 1000) % 2) document.title = `(${ringing}) ${say("title_call")}`;
}
