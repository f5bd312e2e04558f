// Name and PIN, or a one-time code with which one chooses a PIN. Calls ring here too, where staff were logged in before.
import { ask } from "./api.js";
import { why } from "./panel.js";
import { $ } from "./dom.js";
import { ring, turnSoundOn } from "./sound.js";
import { say } from "./words.js";

const LOOK_EVERY_MS = 3000;

let isShown = false;
let isKnown = true;
let ringing = 0;

// `entered` follows each login that the hall took.
export function onLogin(entered) {
  onSubmit("login", ({ name, pin }) => ask("POST", "/staff/login", { name: name.trim(), pin: pin.trim() }), entered);
  onSubmit("first", ({ name, code, pin, again }) => {
    if (pin !== again) throw Object.assign(new Error(), { word: "pins_differ" });
    return ask("POST", "/staff/first-pin", { name: name.trim(), code, pin });
  }, entered);
  $("first-open").addEventListener("click", () => turnTo("first"));
  $("first-back").addEventListener("click", () => turnTo("login"));
  setInterval(() => isShown && isKnown && look(), LOOK_EVERY_MS);
}

function onSubmit(which, send, entered) {
  const form = $(`${which}-form`);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    $(`${which}-error`).textContent = "";
    try {
      await send(Object.fromEntries(new FormData(form)));
    } catch (error) {
      $(`${which}-error`).textContent = error.word ? say(error.word) : why(error, "login_check");
      return form.elements.pin.select();
    }
    form.reset();
    turnTo("login");
    turnSoundOn();
    await entered();
  });
}

function turnTo(which) {
  for (const one of ["login", "first"]) $(`${one}-form`).hidden = one !== which;
  $("first-name").value ||= $("login-name").value;
  $(`${which}-form`).elements[which === "first" && $("first-name").value ? "code" : "name"].focus();
}

// How many calls nobody has taken; the hall tells no more where nobody is logged in, and nothing to a browser where
// nobody ever was.
async function look() {
  try {
    ringing = await ask("GET", "/staff/ringing");
  } catch (error) {
    isKnown = error.status !== 401;
    ringing = 0;
  }
  if (ringing) ring();
}

// Every second, and when the language changes.
export function tickLogin(me) {
  if (me === null && !isShown) look();
  isShown = me === null;
  isKnown ||= me !== null;
  $("login-calls").hidden = !isShown || !ringing;
  const calls = say("login_calls", { n: ringing });
  if ($("login-calls").textContent !== calls) $("login-calls").textContent = calls; // else it is read out every second
  if (isShown && ringing && Math.floor(Date.now() / 1000) % 2) document.title = `(${ringing}) ${say("title_call")}`;
}
