// Which checks of the county count at this hall. They are registered and revoked by the command `hall rules`.
import { card, el } from "../dom.js";
import { comma, inOurs, say, shortTime } from "../words.js";

const BEGINNING = 8; // of a hash: as much as `hall rules revoke` needs

export const page = "county";
export const place = 11;
export const permission = "register_rules";
export const events = [];
export const path = "/staff/rules";
export const { frame, body } = card("rules");

export function draw(rules) {
  if (!rules.length) return [el("p", { class: "empty" }, say("no_rules"))];
  const heads = ["service", "rules_rule", "rules_by", "account_state"].map((word) => el("th", {}, say(word)));
  return [
    el("p", { class: "empty" }, say("rules_hint")),
    el("table", {}, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...rules.map(drawRule))),
  ];
}

function drawRule({ service, rule, version, owner, hash, registered_by: who, registered_at: at, ...revoked }) {
  return el("tr", { "data-rule": hash },
    el("td", {}, inOurs(service)),
    el("td", {}, say("rule_told", { rule, version }), el("div", { class: "from" }, [owner, hash.slice(0, BEGINNING)].filter(Boolean).join(comma()))),
    el("td", {}, `${who} ${shortTime(at)}`),
    el("td", {}, revoked.revoked_at
      ? el("span", { class: "look" }, say("rules_revoked", { who: revoked.revoked_by, time: shortTime(revoked.revoked_at) }))
      : el("span", { class: "done" }, say("rules_counts"))));
}
