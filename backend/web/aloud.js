// What a screen reader is told beyond what stands there: one sentence each time, never a clock that runs.
import { $ } from "./dom.js";

export function sayAloud(text) {
  $("said").textContent = "";
  requestAnimationFrame(() => { $("said").textContent = text; });
}
