// What is the matter with the hall itself: its disk, its database.
import { card, el } from "../dom.js";
import { say } from "../words.js";

export const page = "";
export const place = 13;
export const permission = "see_board";
// A call may be kept in memory because of it.
export const events = ["call"];
export const pauseMs = 2000;
export const path = "/staff/health";
export const pushed = ({ troubles }) => troubles;
export const { frame, body } = card("health");

export function draw(troubles) {
  return troubles.map((trouble) => el("p", { class: "bad" }, say(`health_${trouble}`)));
}

// As long as nothing is wrong there is nothing to say.
export const isEmpty = (troubles) => !troubles.length;
