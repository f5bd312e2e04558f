// What a clerk looks for among the forms. It stays on the page while the list below it is drawn anew.
import { el } from "./dom.js";
import { fill, labelled, numberIn, queryOf } from "./filters.js";
import { inOurs, say } from "./words.js";

const ANY = "";
const selects = Object.fromEntries(["state", "service", "kiosk", "newest_first"].map((name) => [name, el("select", { name })]));
const day = el("input", { name: "day", type: "date" });
const receipt = el("input", { name: "receipt", inputmode: "numeric", enterkeyhint: "search", autocomplete: "off", maxlength: "64" });

export const search = el("form", { id: "search", role: "search" },
  labelled("receipt_number", receipt), labelled("status", selects.state), labelled("service", selects.service),
  labelled("kiosk", selects.kiosk), labelled("day_filled", day), labelled("order", selects.newest_first),
  el("button", { class: "primary", "data-word": "find" }),
  el("button", { type: "reset", "data-word": "show_all" }));

let begin = () => {};

// `searched()` shows the first page of what is looked for now.
export function onSearch(searched) {
  begin = searched;
}

// What the hall is asked; "" for everything from the beginning.
export function query(cursor) {
  const chosen = Object.fromEntries(Object.entries(selects).map(([name, select]) => [name, select.value]));
  return queryOf({ ...chosen, day: day.value, receipt: numberIn(receipt), cursor });
}

export function forgetSearch() {
  begin = () => {}; // nobody is logged in to whom the list could be shown anew
  search.reset();
  for (const select of Object.values(selects)) select.replaceChildren(); // they name kiosks
}

// Choices in the language of the reader; what was chosen stays so.
export function drawSearch(statuses, services, kiosks) {
  const inWords = ({ id, words }) => [id, inOurs(words)];
  fill(selects.state, [[ANY, say("any_state")], ["open", say("open_state")], ...statuses.map(inWords)]);
  fill(selects.service, [[ANY, say("any")], ...services.map(inWords)]);
  fill(selects.kiosk, [[ANY, say("any")], ...kiosks.map((name) => [name, name])]);
  fill(selects.newest_first, [[ANY, say("oldest_first")], ["true", say("newest_first")]]);
}

search.addEventListener("submit", (event) => { event.preventDefault(); begin(); });
search.addEventListener("reset", () => setTimeout(() => begin())); // the inputs are empty only after this event
for (const input of [...Object.values(selects), day]) input.addEventListener("change", () => begin());
