// What is wrong in the files of the county, and is left out at this hall.
import { card, el } from "../dom.js";
import { say } from "../words.js";

export const page = "county";
export const place = 10;
export const permission = "see_board";
export const events = [];
export const path = "/staff/files";
export const { frame, body } = card("files");

export function draw(mistakes) {
  if (!mistakes.length) return [el("p", { class: "empty" }, say("files_fine"))];
  return [
    el("p", {}, say("files_left_out", { n: mistakes.length })),
    ...mistakes.map((one) => el("p", { class: "bad" }, el("b", {}, one.place), " ", one.said)),
    el("p", {}, say("files_mend")),
  ];
}

export const count = (mistakes) => mistakes.length;
