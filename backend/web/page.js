// The staff page: who is logged in, the line to the hall, and the views of the board. The event stream only says when.
import { ask, follow } from "./api.js";
import { drawAccount, tickAccount } from "./account.js";
import { setClock, writeTimes } from "./clock.js";
import { act, closeDialog } from "./dialog.js";
import { $, el } from "./dom.js";
import { onLogin, tickLogin } from "./login.js";
import { drawSound, turnSoundOn } from "./sound.js";
import { View } from "./view.js";
import { language, say, switchLanguage } from "./words.js";

const LOOK_AGAIN_MS = 60000; // heartbeats make no events
const TRY_AGAIN_MS = 2000;

let me = null;
let link = "connecting";
let stream = null;

const names = await ask("GET", "/staff/views");
const modules = await Promise.all(names.map((name) => import(`./views/${name}.js`)));
const views = modules.sort((a, b) => a.place - b.place).map((module) => new View(module, loaded, failed));
const frames = (where) => modules.filter(where).map((module) => module.frame);
$("board").append(...frames((one) => !one.isBeside), el("aside", { id: "beside" }, ...frames((one) => one.isBeside)));

const shown = () => views.filter((view) => me?.permissions.includes(view.module.permission));

// --- following the hall

async function start() {
  await lookAgain();
  if (!me) return;
  stream?.close();
  stream = follow(["ready", ...new Set(modules.flatMap((module) => module.events))], happened, lost);
}

async function lookAgain() {
  try {
    me = await ask("GET", "/staff/me");
  } catch (error) {
    return failed(error);
  }
  setClock(me.now);
  draw();
  await Promise.all(shown().map((view) => view.refresh()));
}

function happened(kind, data) {
  for (const view of shown()) {
    const isForIt = view.module.events.includes(kind);
    if (isForIt && view.module.pushed && data) view.take(data);
    else if (isForIt || kind === "ready") view.hear();
  }
}

function lost(broken) {
  showLink("offline");
  if (broken.readyState === EventSource.CLOSED) setTimeout(() => stream === broken && start(), TRY_AGAIN_MS);
}

function loaded() {
  if (stream?.readyState === EventSource.OPEN) showLink("online");
}

function failed(error) {
  if (error.status === 401) showLogin();
  else showLink("offline");
}

function showLink(now) {
  link = now;
  $("link").textContent = say(link);
  $("link").classList.toggle("off", link === "offline");
}

function showLogin() {
  stream?.close();
  closeDialog();
  stream = me = null;
  link = "connecting";
  for (const view of views) view.forget();
  draw();
  $("login-name").focus();
}

// --- drawing

function draw() {
  document.documentElement.lang = language() === "en" ? "en" : "zh-CN";
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  $("login").hidden = me !== null;
  for (const id of ["board", "link", "sound", "logout"]) $(id).hidden = me === null;
  if (me !== null) showLink(link);
  drawAccount(me);
  for (const view of views) {
    view.module.frame.hidden = !shown().includes(view);
    view.draw();
  }
  drawSound();
  tick();
}

function tick() {
  writeTimes();
  document.title = say("title");
  tickAccount();
  tickLogin(me);
  for (const view of views) view.tick();
}

// --- wiring

onLogin(start);
document.addEventListener("logged-out", showLogin);
document.addEventListener("account-changed", lookAgain);
document.addEventListener("pointerdown", turnSoundOn, { once: true });
$("logout").addEventListener("click", () => act(async () => { await ask("POST", "/staff/logout"); showLogin(); }));
$("sound").addEventListener("click", turnSoundOn);
$("language").addEventListener("click", () => {
  switchLanguage();
  closeDialog();
  draw();
});
setInterval(tick, 1000);
setInterval(() => me && lookAgain(), LOOK_AGAIN_MS);
await start();
