// Who needs help, on every page above all else: what rings, and what one has in hand. It rings until somebody has taken it.
import { ownName } from "../account.js";
import { sayAloud } from "../aloud.js";
import { ask } from "../api.js";
import { notifyOf } from "../device.js";
import { el } from "../dom.js";
import { act, closePanel, showPanel } from "../panel.js";
import { isAudible, ring } from "../sound.js";
import { turnMs } from "../turns.js";
import { colon, inOurs, say } from "../words.js";

const RING_EVERY_MS = 3000;

export const page = "";
export const place = 0;
export const permission = "see_board";
export const events = ["call"];
export const path = "/staff/calls";
export const pauseMs = 250;
export const passing = ["waited_s"];
export const frame = el("div", { id: "calls" });
export const body = frame;

let open = [];
let telling = null;
const numbers = new Map(); // of calls that are phoned, as they were shown here
const told = new Map(); // of each ringing call how urgent it was when it was said aloud
setInterval(() => heard().length && ring(Math.max(...heard().map((call) => call.escalation))), RING_EVERY_MS);

export const rings = (call) => ["requested", "notified"].includes(call.state);
const isMine = (call) => !rings(call) && call.staff === ownName();
const isAskedOfAnother = (call) => call.asked && call.asked !== ownName() && Date.parse(call.asked_until) > Date.now();

// What rings here: for whoever is free at once, for whoever helps somebody already once it has waited.
function heard() {
  const isBusy = open.some(isMine);
  return open.filter((call) => rings(call) && !isAskedOfAnother(call) && (call.escalation > 0 || !isBusy));
}

export function draw(calls, refresh) {
  const shown = calls.filter((call) => rings(call) || isMine(call) || call.is_late); // whoever has that may not be able to go
  const silent = el("p", { class: "silent bad", role: "status", hidden: true }, say("rings_silently"));
  return [silent, ...shown.map((call) => drawCall(call, refresh))];
}

export function drawCall(call, refresh) {
  const kind = rings(call) ? `ringing ${call.colour}` : "coming";
  const clock = rings(call)
    ? el("p", { class: "clock", "data-since": call.called_at, "data-say": "waiting" })
    : el("p", { class: "clock" }, say(`call_${call.state}`, { name: call.staff ?? "" }));
  return el("article", { class: `call ${kind}`, "data-call": call.id, "aria-label": call.kiosk },
    el("div", {},
      el("h2", {}, call.kiosk),
      el("p", { class: "where" }, `${call.service ? inOurs(call.service) : say("no_service")} · ${inOurs(call.screen)}`),
      ...call.needs.map((need) => el("p", { class: "need" }, say(`need_${need}`))),
      call.proven ? null : el("p", { class: "bad" }, say("call_unproven")),
      call.reason ? el("p", { class: "reason" }, call.reason) : null,
      call.asked && rings(call) ? el("p", { class: "from" }, say("call_asked", { name: call.asked })) : null,
      call.has_gone ? el("p", { class: "bad" }, say("call_has_gone")) : null,
      call.is_late && !rings(call) ? el("p", { class: "bad", "data-since": call.called_at, "data-say": "call_late" }) : null,
      call.phone_here ? el("p", {}, say("call_phone_here"), drawNumber(call.phone_here)) : null,
      call.call_back && isMine(call) ? el("p", { "data-number": call.id }, ...drawBack(call)) : null),
    clock,
    el("div", { class: "acts" }, ...steps(call).map(([what, word, isFirst]) =>
      el("button", { class: isFirst ? "first" : "", "aria-label": `${say(word)}${colon()}${call.kiosk}`, onclick: () => press(call, what, refresh) }, say(word)))));
}

const drawBack = ({ id }) => [say("call_back"), numbers.has(id) ? drawNumber(numbers.get(id)) : ""];

const drawNumber = (number) => el("a", { class: "button", href: `tel:${number}` }, number);

// What one may do with it now, what is usual first.
function steps(call) {
  if (rings(call)) {
    const phones = call.phone_here || call.call_back ? [["phone", "call_phone", call.has_gone]] : [];
    const comes = [["set-out", "acknowledge", !call.has_gone], ["take", "call_take"]];
    return call.has_gone ? [...phones, ...comes] : [...comes, ...phones];
  }
  const here = ["arrived", "assisting"].includes(call.state);
  return [
    call.state === "acknowledged" && isMine(call) ? ["set-out", "call_set_out", true] : null,
    here || call.state === "remote" ? null : ["arrived", "call_i_arrived", call.state !== "acknowledged"],
    ["resolve", "close", here || call.state === "remote"],
    call.call_back && isMine(call) ? ["number", "call_number"] : null,
    ["hand-back", "call_hand_back"],
  ].filter((step) => step !== null);
}

const press = (call, what, refresh) => act(async () => {
  if (what === "number") await showNumber(call);
  else if (what === "hand-back") await askToWhom(call, refresh);
  else if ((await move(call, what, refresh)) && what === "phone" && call.call_back) await showNumber(call);
});

// Of two who press at once one has it; the other is told who. Whether it was done.
async function move(call, route, refresh, body) {
  const now = await ask("POST", `/calls/${call.id}/${route}`, body);
  await refresh();
  if (!now.done) document.dispatchEvent(new CustomEvent("trouble", { detail: now.staff ? say("call_has_it", { name: now.staff }) : say("call_moved") }));
  return now.done;
}

async function showNumber(call) {
  const { number } = await ask("POST", `/staff/calls/${call.id}/number`);
  numbers.set(call.id, number);
  body.querySelector(`[data-number="${call.id}"]`)?.replaceChildren(...drawBack(call));
}

// To all, or to one colleague who is asked first.
async function askToWhom(call, refresh) {
  const colleagues = await ask("GET", "/staff/colleagues");
  const give = (to) => act(async () => {
    await move(call, "hand-back", refresh, { to });
    closePanel();
  });
  const named = colleagues.filter(({ name }) => name !== ownName()).map(({ name, kiosk }) =>
    el("button", { onclick: () => give(name) }, kiosk ? say("colleague_at", { name, kiosk }) : name));
  showPanel(
    el("h2", {}, say("call_to_whom", { kiosk: call.kiosk })),
    el("div", { class: "acts" }, el("button", { class: "primary", id: "to-all", onclick: () => give(null) }, say("call_to_all")), ...named),
    el("div", { class: "end" }, el("button", { onclick: closePanel }, say("call_keep"))));
}

export const isEmpty = (calls) => !calls.some((call) => rings(call) || isMine(call));

export const pushed = ({ calls }) => calls;

// "notified" means that a staff page has shown the call, so it is said only now. Of many pages a few are the first to say
// so, and the others hear of it before their turn comes.
export function shown(calls) {
  clearTimeout(telling);
  const unseen = calls.filter((call) => call.state === "requested").map((call) => call.id);
  const tell = () => act(() => ask("POST", "/staff/calls/seen", { calls: unseen }));
  if (unseen.length) telling = setTimeout(tell, turnMs());
}

export function tick(calls) {
  open = calls ?? [];
  for (const id of numbers.keys()) if (!open.some((call) => call.id === id && isMine(call))) numbers.delete(id);
  const ringing = open.filter(rings);
  const silent = body.querySelector(".silent");
  if (silent) silent.hidden = isAudible() || !ringing.length;
  tellNews(ringing);
  if (ringing.length && Math.floor(Date.now() / 1000) % 2) document.title = `(${ringing.length}) ${say("title_call")}`;
}

// Each call once when it begins to ring, and once more whenever it has become more urgent.
function tellNews(ringing) {
  for (const id of told.keys()) if (!ringing.some((call) => call.id === id)) told.delete(id);
  for (const call of ringing) {
    if (told.get(call.id) === call.escalation) continue;
    told.set(call.id, call.escalation);
    const text = say(call.escalation ? "still_calls" : "now_calls", { kiosk: call.kiosk, reason: call.reason });
    sayAloud(text);
    notifyOf(text);
  }
}

export function forget() {
  clearTimeout(telling);
  numbers.clear();
  open = [];
  told.clear();
}
