// What became of calls, the newest first: who did what and when.
import { card, el } from "../dom.js";
import { colon, inOurs, say, shortTime } from "../words.js";

export const page = "calls";
export const place = 3;
export const permission = "see_board";
export const events = ["call"];
export const pauseMs = 5000;
export const path = "/staff/calls/history";
export const { frame, body } = card("call_history");

let cursor = null;

export const query = () => (cursor ? `?after=${cursor}` : "");

export function forget() {
  cursor = null;
}

export function draw({ calls, following }, refresh) {
  const turnTo = (to) => () => {
    cursor = to;
    return refresh();
  };
  if (!calls.length) return [el("p", { class: "empty" }, say("no_past_calls"))];
  return [
    ...calls.map(drawPast),
    el("div", { class: "turn" },
      cursor ? el("button", { onclick: turnTo(null) }, say("first_page")) : null,
      following ? el("button", { onclick: turnTo(following) }, say("next_page")) : null),
  ];
}

const drawPast = (call) => el("details", { "data-past": call.id },
  el("summary", {}, el("b", {}, call.kiosk), " ", shortTime(call.called_at), " · ", say(`state_call_${call.state}`), call.staff ? ` · ${call.staff}` : ""),
  el("p", { class: "from" }, call.service ? inOurs(call.service) : say("no_service"), " · ", inOurs(call.screen), call.reason ? ` · ${call.reason}` : ""),
  el("ol", { class: "plain" }, ...call.changes.map(({ at, move, who }) => el("li", {}, shortTime(at, true), " ", say(`move_${move}`), who ? `${colon()}${who}` : ""))));
