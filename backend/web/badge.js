// One's own badge: the code that a kiosk's scanner reads, so that one may help there until the login ends.
import { ask } from "./api.js";
import { act, closePanel, showPanel } from "./panel.js";
import { el } from "./dom.js";
import { say, shortTime } from "./words.js";

export const showBadge = () => act(async () => {
  const { picture, ends_at } = await ask("POST", "/staff/badge");
  const code = new DOMParser().parseFromString(picture, "image/svg+xml").documentElement;
  showPanel(
    el("h2", {}, say("badge")),
    el("p", {}, say("badge_hint", { time: shortTime(ends_at) })),
    el("div", { id: "badge", class: "badge", role: "img", "aria-label": say("badge") }, code),
    el("div", { class: "end" }, el("button", { class: "primary", onclick: closePanel }, say("back"))));
});
