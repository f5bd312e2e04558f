// Answers below lines that say whom they are about: one of several people, or who acts for another.
import { el } from "./dom.js";
import { colon, inOurs, say } from "./words.js";

// `drawRow(answer)` of each, and a line wherever the person is another one than above.
export function underHeads(answers, drawRow) {
  let above = "";
  return answers.flatMap((answer) => {
    const whose = answer.member ? inOurs(answer.member) : "";
    const isNew = whose !== above;
    above = whose;
    const head = el("tr", {}, el("th", { class: "member", colspan: "3", scope: "rowgroup" }, whose || say("other_answers")));
    return [...(isNew ? [head] : []), drawRow(answer)];
  });
}

export const named = ({ member, label }) => [member, label].filter(Boolean).map(inOurs).join(colon());
