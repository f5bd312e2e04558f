// What the searches of lists share: labels, choices that are drawn again and again, and what the hall is asked.
import { el } from "./dom.js";

export const labelled = (word, input) => el("label", {}, el("span", { "data-word": word }), input);

// `options`: of each its value and its text. What was chosen stays so, at first the first one.
export function fill(select, options) {
  if (select.textContent === options.map(([, text]) => text).join("")) return; // an open list stays open
  const chosen = select.value;
  select.replaceChildren(...options.map(([value, text]) => el("option", { value }, text)));
  select.value = chosen || options[0][0];
}

// As it is printed, in groups with spaces or dashes between them.
export const numberIn = (input) => input.value.replace(/[\s-]/g, "");

// "" where nothing is given.
export function queryOf(given) {
  const chosen = Object.entries(given).filter(([, value]) => value);
  return chosen.length ? `?${new URLSearchParams(chosen)}` : "";
}
