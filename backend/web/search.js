// What a clerk looks for among the forms. It stays on the page while the list below it is drawn anew.
import { el } from "./dom.js";
import { inOurs, say } from "./words.js";

const ANY = "";
const selects = Object.fromEntries(["state", "service", "kiosk", "newest_first"].map((name) => [name, el("select", { name })]));
const day = el("input", { name: "day", type: "date" });
const receipt = el("input", { name: "receipt", inputmode: "numeric", enterkeyhint: "search", autocomplete: "off", maxlength: "64" });
const named = (word, input) => el("label", {}, el("span", { "data-word": word }), input);

export const search = el("form", { id: "search", role: "search" },
  named("receipt_number", receipt), named("status", selects.state), named("service", selects.service),
  named("kiosk", selects.kiosk), named("day_filled", day), named("order", selects.newest_first),
  el("button", { class: "primary", "data-word": "find" }),
  el("button", { type: "reset", "data-word": "show_all" }));

let begin = () => {};

// `searched()` shows the first page of what is looked for now.
export function onSearch(searched) {
  begin = searched;
}

// What the hall is asked; "" for everything from the beginning.
export function query(cursor) {
  const chosen = Object.entries(selects).map(([name, select]) => [name, select.value]);
  const typed = { day: day.value, receipt: receipt.value.replace(/[\s-]/g, ""), cursor: cursor ?? "" };
  const given = [...chosen, ...Object.entries(typed)].filter(([, value]) => value);
  return given.length ? `?${new URLSearchParams(given)}` : "";
}

export function forgetSearch() {
  begin = () => {}; // nobody is logged in to whom the list could be shown anew
  search.reset();
  for (const select of Object.values(selects)) select.replaceChildren(); // they name kiosks
}

// Choices in the language of the reader; what was chosen stays so.
export function drawSearch(statuses, services, kiosks) {
  const inWords = ({ id, words }) => [id, inOurs(words)];
  fill("state", [[ANY, say("any_state")], ["open", say("open_state")], ...statuses.map(inWords)]);
  fill("service", [[ANY, say("any")], ...services.map(inWords)]);
  fill("kiosk", [[ANY, say("any")], ...kiosks.map((name) => [name, name])]);
  fill("newest_first", [[ANY, say("oldest_first")], ["true", say("newest_first")]]);
}

function fill(name, options) {
  const [select, chosen] = [selects[name], selects[name].value];
  if (select.textContent === options.map(([, text]) => text).join("")) return; // an open list stays open
  select.replaceChildren(...options.map(([value, text]) => el("option", { value }, text)));
  select.value = chosen;
}

search.addEventListener("submit", (event) => { event.preventDefault(); begin(); });
search.addEventListener("reset", () => setTimeout(() => begin())); // the inputs are empty only after this event
for (const input of [...Object.values(selects), day]) input.addEventListener("change", () => begin());
