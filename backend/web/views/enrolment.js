// Kiosks that wait to be let in. Whoever approves has compared the fingerprint with the one on that kiosk.
import { ask } from "../api.js";
import { act } from "../panel.js";
import { el } from "../dom.js";
import { say } from "../words.js";

export const page = "kiosks";
export const place = 8;
export const permission = "enrol_kiosks";
export const events = ["kiosk"];
export const path = "/staff/kiosks/waiting";
export const frame = el("section", { id: "enrolment" });
export const body = frame;

export function draw(kiosks, refresh) {
  return kiosks.map(({ name, fingerprint }) => {
    const approve = () => act(async () => {
      await ask("POST", "/staff/kiosks/approve", { name, fingerprint });
      await refresh();
    });
    return el("div", { class: "card", "data-waiting": name },
      el("h2", {}, say("kiosk_waits", { name })),
      el("p", {}, say("kiosk_compare")), el("p", { class: "fingerprint" }, fingerprint),
      el("button", { onclick: approve }, say("kiosk_approve")));
  });
}

export const count = (kiosks) => kiosks.length;

export const isEmpty = (kiosks) => !kiosks.length;
