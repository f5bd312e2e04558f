// Exports of all forms that wait for a second person.
import { ask } from "../api.js";
import { act } from "../panel.js";
import { card, el } from "../dom.js";
import { say, shortTime } from "../words.js";

export const page = "";
export const place = 4;
export const permission = "export";
export const events = ["export"];
export const path = "/staff/exports";
export const { frame, body } = card("exports");

export function draw(waiting, refresh) {
  return waiting.map(({ id, asked_by, asked_at, is_me }) => {
    const approve = () => act(async () => {
      await ask("POST", "/staff/exports/approve", { id });
      await refresh();
    });
    return el("div", { "data-export": id },
      el("p", {}, say("export_asked", { who: asked_by, time: shortTime(asked_at) })),
      is_me ? el("p", { class: "empty" }, say("export_is_mine"))
        : el("button", { onclick: approve }, say("export_approve", { who: asked_by })));
  });
}

export const isEmpty = (waiting) => !waiting.length;
