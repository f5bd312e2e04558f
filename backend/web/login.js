// Name and PIN.
import { ask } from "./api.js";
import { $ } from "./dom.js";
import { turnSoundOn } from "./sound.js";
import { say } from "./words.js";

const WORDS = { 401: "login_wrong", 422: "login_check", 429: "login_wait" };

// `entered` follows each login that the hall took.
export function onLogin(entered) {
  $("login").querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const name = $("login-name").value.trim();
    const pin = $("login-pin").value.trim();
    $("login-error").textContent = "";
    try {
      await ask("POST", "/staff/login", { name, pin });
    } catch (error) {
      $("login-error").textContent = say(WORDS[error.status] ?? "failed", { seconds: error.waitSeconds });
      $("login-pin").select();
      return;
    }
    $("login-pin").value = "";
    turnSoundOn();
    await entered();
  });
}
