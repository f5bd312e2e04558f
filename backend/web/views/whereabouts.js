// Who is where: each colleague, and the calls that colleagues have in hand.
import { ownName } from "../account.js";
import { el } from "../dom.js";
import { say } from "../words.js";

export const page = "calls";
export const place = 1;
export const permission = "see_board";
export const events = ["call"];
export const pauseMs = 1000;
export const path = "/staff/colleagues";
export const pushed = ({ colleagues }) => colleagues;
export const frame = el("section", { class: "card", id: "whereabouts-card" }, el("h2", { "data-word": "whereabouts" }));
export const body = el("ul", { id: "whereabouts", class: "plain" });
frame.append(body);

export function draw(colleagues) {
  return colleagues.map(({ name, kiosk, state }) => el("li", { class: kiosk ? "kiosk" : "kiosk free", "data-colleague": name },
    el("b", {}, name === ownName() ? say("me_myself", { name }) : name), " ",
    kiosk ? `${kiosk} · ${say(`state_call_${state}`)}` : el("span", { class: "done" }, say("is_free"))));
}

// Who got in by the console's PIN has no account yet.
export const isEmpty = (colleagues) => !colleagues.length;
