// For leads: how often staff have done as the rules advise, of nobody in particular.
import { card, el } from "../dom.js";
import { inOurs, say } from "../words.js";

export const page = "forms";
export const place = 14;
export const permission = "read_figures";
export const events = [];
export const path = "/staff/rulings/report";
export const { frame, body } = card("ruling_figures");

const COLUMNS = ["advised", "followed", "accepted", "more", "refused"];
const NAMED = { advised: "ruling_figures_advised", followed: "ruling_figures_followed" };

export function draw({ report: { lines, fewest }, titles, rules }) {
  if (!lines.length) return [el("p", { class: "empty" }, say("ruling_figures_none"))];
  const told = lines.filter((line) => line.advised !== null);
  if (!told.length) return [el("p", { class: "empty" }, say("ruling_figures_all_few", { n: fewest }))];
  const heads = ["service", "ruling_figures_rule", ...COLUMNS.map((one) => NAMED[one] ?? `ruling_${one}`)];
  const rows = told.map((line) => el("tr", {},
    el("td", {}, inOurs(titles[line.service])),
    el("td", {}, line.rule ? say("rule_told", { rule: inOurs(rules[line.service][line.rule]), version: line.version }) : say("ruling_figures_all")),
    ...COLUMNS.map((one) => el("td", {}, line[one] === null ? "—" : String(line[one])))));
  return [
    el("table", {},
      el("thead", {}, el("tr", {}, ...heads.map((word) => el("th", { scope: "col" }, say(word))))),
      el("tbody", {}, ...rows)),
    el("p", { class: "from" }, say("ruling_figures_few", { n: fewest })),
  ];
}
