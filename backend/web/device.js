// What this device does beside showing the page: it rings, shakes, stays awake, shows calls outside the page. Browsers give
// some of it to pages with a certificate that they trust alone; where they do not, it says so.
import { $, el } from "./dom.js";
import { closePanel, showPanel } from "./panel.js";
import { isAudible, isMuted, toggleSound } from "./sound.js";
import { say } from "./words.js";

const NOTIFIES = "notifies";
let lock = null;
let worker = null;

const mayNotify = () => window.isSecureContext && "Notification" in window && "serviceWorker" in navigator;
const notifies = () => mayNotify() && Notification.permission === "granted" && localStorage.getItem(NOTIFIES) === "yes";

// The screen stays on while the page is seen; the browser ends it whenever the page is hidden.
export async function stayAwake() {
  if (!("wakeLock" in navigator) || document.visibilityState !== "visible" || (lock && !lock.released)) return;
  lock = await navigator.wakeLock.request("screen").catch(() => null);
}

// One notice at a time, about the calls that ring while nobody looks at the page.
export async function notifyOf(text) {
  if (!notifies() || document.visibilityState === "visible") return;
  worker ??= startWorker();
  (await worker).showNotification(say("title_call"), { body: text, tag: "calls", renotify: true });
}

// One that is only just registered cannot show anything yet.
async function startWorker() {
  const registration = await navigator.serviceWorker.register("/staff/notifier.js");
  const coming = registration.installing ?? registration.waiting;
  if (!registration.active) {
    await new Promise((go) => coming.addEventListener("statechange", () => coming.state === "activated" && go()));
  }
  return registration;
}

async function turnNotices() {
  const wanted = !notifies();
  if (wanted && (await Notification.requestPermission()) !== "granted") return showDevice();
  localStorage.setItem(NOTIFIES, wanted ? "yes" : "no");
  showDevice();
}

function showDevice() {
  const needsCertificate = window.isSecureContext ? "device_cannot" : "device_no_certificate";
  const row = (name, state, button = null) => el("li", { "data-device": name }, el("span", {}, el("b", {}, say(`device_${name}`)), " ", say(state)), button);
  const sound = isMuted() ? "device_muted" : isAudible() ? "device_on" : "device_off";
  const turnSound = () => { toggleSound(); showDevice(); };
  const isRefused = mayNotify() && Notification.permission === "denied";
  showPanel(
    el("h2", {}, say("device")),
    el("ul", { class: "sessions" },
      row("sound", sound, el("button", { id: "turn-sound", onclick: turnSound }, say(isAudible() ? "device_turn_off" : "device_turn_on"))),
      row("vibration", "vibrate" in navigator ? "device_on" : "device_cannot"),
      row("awake", "wakeLock" in navigator ? "device_on" : needsCertificate),
      row("notices", isRefused ? "device_refused" : mayNotify() ? (notifies() ? "device_on" : "device_off") : needsCertificate,
        mayNotify() && !isRefused ? el("button", { id: "turn-notices", onclick: turnNotices }, say(notifies() ? "device_turn_off" : "device_turn_on")) : null),
      row("install", window.isSecureContext ? "device_install_how" : "device_no_certificate")),
    el("div", { class: "end" }, el("button", { class: "primary", onclick: closePanel }, say("back"))));
}

document.addEventListener("visibilitychange", stayAwake);
$("device").addEventListener("click", showDevice);
