// The one dialog, and what happens when something that a button asks for fails.
import { $ } from "./dom.js";
import { knows, say } from "./words.js";

const SHOW_TROUBLE_MS = 6000;
const trouble = $("trouble");

// It begins at its heading, or where something is typed first: so the keyboard and a screen reader do too.
export function showDialog(...children) {
  const dialog = $("dialog");
  dialog.replaceChildren(...children);
  if (!dialog.open) dialog.showModal();
  const title = dialog.querySelector("h2");
  Object.assign(title, { id: "dialog-title", tabIndex: -1 });
  const first = dialog.querySelector("input:not([hidden]), select, textarea, button");
  (first?.matches("button") ? title : first ?? title).focus();
  dialog.scrollTop = 0;
}

export const closeDialog = () => $("dialog").close();

// Why the hall did not do it, in words. `failure`: the word for a request that it could not read (422).
export function why(error, failure = "failed") {
  if (error.code && knows(`because_${error.code}`)) return say(`because_${error.code}`, { seconds: error.waitSeconds });
  return say(error.status === 422 ? failure : "failed");
}

// Does what a button asks; when that fails, says so instead of leaving the clerk to guess. `failure`: the word for 422.
export async function act(work, failure = "failed") {
  trouble.hidden = true;
  try {
    await work();
  } catch (error) {
    if (error.status === 401) return document.dispatchEvent(new Event("logged-out"));
    trouble.textContent = why(error, failure);
    trouble.hidden = false;
    ($("dialog").open ? $("dialog") : document.body).append(trouble); // what is outside an open dialog lies beneath it
    setTimeout(() => { trouble.hidden = true; }, SHOW_TROUBLE_MS);
  }
}
