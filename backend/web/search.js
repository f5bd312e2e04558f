// What a clerk looks for among the forms. It stays on the page while the list below it is drawn anew.
import { el } from "./dom.js";
import { inOurs, say } from "./words.js";

const ANY = "";
const states = el("div", { class: "states", role: "group" });
const service = el("select", { name: "service" });
const kiosk = el("select", { name: "kiosk" });
const day = el("input", { name: "day", type: "date" });
const receipt = el("input", { name: "receipt", inputmode: "numeric", enterkeyhint: "search", autocomplete: "off", maxlength: "64" });
const named = (word, input) => el("label", {}, el("span", { "data-word": word }), input);

export const search = el("form", { id: "search", role: "search" },
  states,
  el("div", { class: "fields" },
    named("receipt_number", receipt), named("service", service), named("kiosk", kiosk), named("day_filled", day),
    el("button", { class: "primary", "data-word": "find" }),
    el("button", { type: "reset", "data-word": "show_all" })));

let state = ANY;
let isNewestFirst = false;
let begin = () => {};

// `searched()` shows the first page of what is looked for now.
export function onSearch(searched) {
  begin = searched;
}

// What the hall is asked; "" for everything from the beginning.
export function query(cursor) {
  const asked = {
    state, service: service.value, kiosk: kiosk.value, day: day.value,
    receipt: receipt.value.replace(/[\s-]/g, ""), newest_first: isNewestFirst ? "true" : "", cursor: cursor ?? "",
  };
  const given = Object.entries(asked).filter(([, value]) => value);
  return given.length ? `?${new URLSearchParams(given)}` : "";
}

export function forgetSearch() {
  begin = () => {}; // nobody is logged in to whom the list could be shown anew
  search.reset();
}

// Choices in the language of the reader; what was chosen stays so, and so does the focus.
export function drawSearch(statuses, services, kiosks) {
  const choices = [[ANY, say("any_state")], ["open", say("open_state")], ...statuses.map(({ id, words }) => [id, inOurs(words)])];
  if (states.textContent !== [...choices.map(([, text]) => text), say("newest_first")].join("")) {
    states.replaceChildren(
      ...choices.map(([id, text]) => choice(text, () => state === id, () => { state = id; })),
      choice(say("newest_first"), () => isNewestFirst, () => { isNewestFirst = !isNewestFirst; }));
  }
  fill(service, services.map(({ id, words }) => [id, inOurs(words)]));
  fill(kiosk, kiosks.map((name) => [name, name]));
}

function choice(text, isChosen, choose) {
  const button = el("button", { type: "button" }, text);
  button.draw = () => button.setAttribute("aria-pressed", String(isChosen()));
  button.addEventListener("click", () => { choose(); drawStates(); begin(); });
  button.draw();
  return button;
}

const drawStates = () => [...states.children].forEach((button) => button.draw());

function fill(select, options) {
  const chosen = select.value;
  const wanted = [[ANY, say("any")], ...options];
  if (select.textContent === wanted.map(([, text]) => text).join("")) return;
  select.replaceChildren(...wanted.map(([value, text]) => el("option", { value }, text)));
  select.value = chosen;
}

search.addEventListener("submit", (event) => { event.preventDefault(); begin(); });
search.addEventListener("reset", () => {
  state = ANY;
  isNewestFirst = false;
  drawStates();
  setTimeout(() => begin()); // the inputs are empty only after this event
});
for (const input of [service, kiosk, day]) input.addEventListener("change", () => begin());
