// One's own badge: the code that a kiosk's scanner reads, so that one may help there. The hall takes a fresh one only.
import { ask } from "./api.js";
import { act, closePanel, showPanel } from "./panel.js";
import { el } from "./dom.js";
import { say } from "./words.js";

const RENEWED_EVERY_MS = 120_000; // protocol/staff/badge.py

export const showBadge = () => act(async () => {
  const frame = el("div", { id: "badge", class: "badge", role: "img", "aria-label": say("badge") }, await code());
  showPanel(
    el("h2", {}, say("badge")),
    el("p", {}, say("badge_hint")),
    frame,
    el("div", { class: "end" }, el("button", { class: "primary", onclick: closePanel }, say("back"))));
  renew(frame);
});

async function code() {
  const { picture } = await ask("POST", "/staff/badge");
  return new DOMParser().parseFromString(picture, "image/svg+xml").documentElement;
}

function renew(frame) {
  setTimeout(() => frame.isConnected && act(async () => {
    renew(frame);
    frame.replaceChildren(await code());
  }), RENEWED_EVERY_MS);
}
