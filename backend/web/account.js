// One's own account: the PIN, where one is logged in, and that the login ends soon.
import { ask } from "./api.js";
import { showBadge } from "./badge.js";
import { secondsUntil, spanText } from "./clock.js";
import { act, closePanel, showPanel } from "./panel.js";
import { $, el } from "./dom.js";
import { form, pinInput } from "./form.js";
import { say, shortTime } from "./words.js";

const WARNED_S = 600;

let me = null;

export const ownName = () => me?.name;

export function drawAccount(now) {
  me = now;
  $("me").hidden = me === null;
  $("me").textContent = me?.name ?? "";
  $("no-pin").hidden = me === null || me.has_pin;
}

export function tickAccount() {
  const left = me ? secondsUntil(me.ends_at) : Infinity;
  $("ending").hidden = left > WARNED_S;
  if (left <= WARNED_S) $("ending").textContent = say("ending", { time: spanText(left) });
}

function showPin() {
  const choose = async ({ current, pin, again }) => {
    if (pin !== again) throw Object.assign(new Error(), { word: "pins_differ" });
    await ask("PUT", "/staff/me/pin", { current, pin });
    document.dispatchEvent(new Event("account-changed"));
    showPanel(
      el("p", {}, say("pin_changed")),
      el("div", { class: "end" }, el("button", { class: "primary", onclick: closePanel }, say("back"))));
  };
  const inputs = [
    el("input", { name: "username", autocomplete: "username", value: me.name, hidden: true }), // for what keeps passwords
    me.has_pin ? pinInput("current", "current_pin", "current-password") : "",
    pinInput("pin", "new_pin", "new-password", "new_pin_hint"),
    pinInput("again", "new_pin_again", "new-password"),
  ];
  showPanel(el("h2", {}, say(me.has_pin ? "change_pin" : "choose_pin")), form(inputs, "save", choose, "because_weak_pin"));
}

const showOwn = () => act(async () => {
  const sessions = await ask("GET", "/staff/me/sessions");
  const end = (id) => act(async () => {
    await ask("DELETE", `/staff/me/sessions/${id}`);
    await showOwn();
  });
  showPanel(
    el("h2", {}, say("own_account", { name: me.name, role: say(`role_${me.role}`) })),
    el("h3", {}, say("own_sessions")),
    drawSessions(sessions, end),
    el("div", { class: "end" },
      me.permissions.includes("take_calls") ? el("button", { id: "show-badge", onclick: showBadge }, say("badge")) : "",
      el("button", { id: "change-pin", onclick: showPin }, say(me.has_pin ? "change_pin" : "choose_pin")),
      el("button", { class: "primary", onclick: closePanel }, say("back"))));
});

// A list of open pages, each with a button that ends it; this one only says that it is here.
export function drawSessions(sessions, end) {
  return el("ul", { class: "sessions" }, ...sessions.map(({ id, browser, made_at }) => el("li", { "data-session": id },
    el("span", {}, say("session_line", { browser, since: shortTime(made_at) })),
    id === me.session
      ? el("b", {}, say("session_here"))
      : el("button", { onclick: () => end(id) }, say("session_end")))));
}

$("me").addEventListener("click", showOwn);
$("choose-pin").addEventListener("click", showPin);
$("ending").addEventListener("click", () => {
  $("login-name").value = me.name;
  $("logout").click();
});
