// Which kiosks are alive, and what does not work there.
import { secondsSince } from "../clock.js";
import { card, el } from "../dom.js";
import { say } from "../words.js";

const IS_SILENT_S = 180;

export const page = "kiosks";
export const place = 16;
export const permission = "see_board";
export const events = ["kiosk"];
export const path = "/staff/kiosks";
export const { frame, body } = card("kiosks", { title: false });

export function draw(kiosks) {
  if (!kiosks.length) return [el("p", { class: "empty" }, say("no_kiosks"))];
  return kiosks.map((kiosk) => {
    return el("div", { class: "kiosk", "data-kiosk": kiosk.name },
      el("span", { class: "dot" }), el("b", {}, kiosk.name),
      kiosk.state === "approved" ? null : el("p", { class: "bad" }, say(`kiosk_state_${kiosk.state}`)),
      kiosk.two_machines_at ? el("p", { class: "bad" }, say("kiosk_twice")) : null,
      kiosk.audit_went_back_at ? el("p", { class: "bad" }, say("kiosk_audit")) : null,
      kiosk.seen_at ? el("p", { "data-since": kiosk.seen_at, "data-say": "kiosk_seen" }) : null,
      kiosk.catalogue ? el("p", {}, say("kiosk_catalogue", { n: kiosk.catalogue })) : null,
      kiosk.waiting ? el("p", {}, say("kiosk_waiting", { n: kiosk.waiting })) : null,
      kiosk.refused ? el("p", { class: "bad" }, say("kiosk_refused", { n: kiosk.refused })) : null,
      ...kiosk.refused_because.map((reason) => el("p", { class: "bad" }, reason)),
      kiosk.held ? el("p", { class: "bad" }, say("kiosk_held", { n: kiosk.held })) : null,
      ...kiosk.degraded.map((problem) => el("p", { class: "bad" }, problem)));
  });
}

export function tick(kiosks) {
  for (const kiosk of kiosks ?? []) {
    const isSilent = !kiosk.seen_at || secondsSince(kiosk.seen_at) > IS_SILENT_S;
    body.querySelector(`[data-kiosk="${CSS.escape(kiosk.name)}"]`)?.classList.toggle("silent", isSilent);
  }
}
