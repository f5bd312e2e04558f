// Who did what with a form and when.
import { card, el } from "../dom.js";
import { inOurs, say, shortTime } from "../words.js";

export const page = "forms/*";
export const place = 29;
export const permission = "read_forms";
export const events = ["submission"];
export const path = "/staff/submissions/{submission_id}/history";
export const { frame, body } = card("form_history");

export function draw(done) {
  const heads = ["history_when", "history_who", "history_what"].map((word) => el("th", { scope: "col" }, say(word)));
  return [el("table", {}, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...done.map(({ at, who, words, why }) => el("tr", {},
    el("td", { class: "when" }, shortTime(at)),
    el("td", {}, who),
    el("td", {}, inOurs(words), why ? el("div", { class: "from" }, why) : null)))))];
}

export const refused = () => [];
