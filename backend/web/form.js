// A form in a panel: it says beside its button what was wrong.
import { closePanel, why } from "./panel.js";
import { el } from "./dom.js";
import { say } from "./words.js";

// `send(values)` gets what was typed, by the names of the inputs; `failure`: the word for what the hall could not read.
export function form(inputs, button, send, failure) {
  const error = el("p", { class: "error", role: "alert" });
  const leave = el("button", { type: "button", onclick: closePanel }, say("cancel"));
  const made = el("form", {}, ...inputs, error,
    el("div", { class: "end" }, leave, el("button", { class: "primary" }, say(button))));
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    error.textContent = "";
    try {
      await send(Object.fromEntries(new FormData(made)));
    } catch (trouble) {
      if (trouble.status === 401) return document.dispatchEvent(new Event("logged-out"));
      error.textContent = trouble.word ? say(trouble.word) : why(trouble, failure);
    }
  });
  return made;
}

export const input = (name, word, attributes = {}, hint = null) => el("label", {}, say(word),
  el("input", { name, required: true, autocomplete: "off", ...attributes }), hint ? el("small", {}, say(hint)) : null);

const PIN = { type: "password", inputmode: "numeric", maxlength: "12" };

export const pinInput = (name, word, kind, hint = null) => input(name, word, { ...PIN, autocomplete: kind }, hint);
