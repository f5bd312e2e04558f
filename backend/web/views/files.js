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
  if (!mistakes.length) return [];
  return [
    el("p", {}, say("files_left_out", { n: mistakes.length })),
    ...mistakes.map((one) => el("p", { class: "bad" }, el("b", {}, one.place), " ", one.said)),
    el("p", {}, say("files_mend")),
  ];
}

// As long as nothing is wrong there is nothing to say.
export const isEmpty = (mistakes) => !mistakes.length;

export const count = (mistakes) => mistakes.length;
