// A panel takes the place of the page below the ringing calls, which it never covers; and what happens when something
// that a button asks for fails.
import { $ } from "./dom.js";
import { knows, say } from "./words.js";

const SHOW_TROUBLE_MS = 6000;
const trouble = $("trouble");
let opener = null; // gets the focus back

// It begins at its heading, or where something is typed first: so the keyboard and a screen reader do too.
export function showPanel(...children) {
  if ($("panel").hidden) opener = document.activeElement;
  $("panel").replaceChildren(...children);
  $("panel").hidden = false;
  $("page").hidden = true;
  const title = $("panel").querySelector("h2");
  Object.assign(title, { id: "panel-title", tabIndex: -1 });
  const first = $("panel").querySelector("input:not([hidden]), select, textarea, button");
  (first?.matches("button") ? title : first ?? title).focus();
  $("main").scrollTop = 0;
}

export function closePanel() {
  if ($("panel").hidden) return;
  $("panel").hidden = true;
  $("panel").replaceChildren();
  $("page").hidden = false;
  (opener?.isConnected ? opener : $("heading")).focus();
}

// Why the hall did not do it, in words. `failure`: the word for a request that it could not read (422).
export function why(error, failure = "failed") {
  if (error.code && knows(`because_${error.code}`)) return say(`because_${error.code}`, error.values);
  return say(error.status === 422 ? failure : "failed");
}

// Does what a button asks; when that fails, says so instead of leaving the clerk to guess. `failure`: the word for 422.
export async function act(work, failure = "failed") {
  trouble.hidden = true;
  try {
    await work();
  } catch (error) {
    if (error.status === 401) return document.dispatchEvent(new Event("logged-out"));
    tell(why(error, failure));
  }
}

let hiding = null;

function tell(text) {
  clearTimeout(hiding);
  trouble.textContent = text;
  trouble.hidden = false;
  hiding = setTimeout(() => { trouble.hidden = true; }, SHOW_TROUBLE_MS);
}

document.addEventListener("trouble", ({ detail }) => tell(detail));
document.addEventListener("keydown", (event) => { if (event.key === "Escape") closePanel(); });
