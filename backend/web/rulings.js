// How a person has decided on a form, and what the one whose form it is reads of it.
import { el } from "./dom.js";
import { comma, inOurs, say, shortTime } from "./words.js";

export const drawRead = (rows) => el("dl", { class: "facts" },
  ...rows.flatMap(({ label, words }) => [el("dt", {}, inOurs(label)), el("dd", {}, inOurs(words))]));

export function drawPast({ ruling, read }) {
  const ended = ruling.ended_at ? say("ruling_ended", { who: ruling.ended_by, why: ruling.ended_why }) : null;
  return el("details", { open: !ruling.ended_at },
    el("summary", {}, el("b", {}, say(`ruling_${ruling.told.kind}`)), ` ${ruling.who}${comma()}${shortTime(ruling.at)}`),
    drawRead(read),
    ...[
      ruling.second_who ? say("ruling_second", { who: ruling.second_who }) : null,
      ruling.otherwise ? say("ruling_otherwise_was", { why: ruling.otherwise }) : null,
      ended,
    ].filter(Boolean).map((text) => el("p", { class: "from" }, text)));
}
