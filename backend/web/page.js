// The staff page: who is logged in, where on the page one is, and its views. The event stream only says when.
import { ask } from "./api.js";
import { drawAccount, tickAccount } from "./account.js";
import { here } from "./address.js";
import { setClock, writeTimes } from "./clock.js";
import { stayAwake } from "./device.js";
import { $ } from "./dom.js";
import { answered, drawLine, followHall, gone, hangUp, tickLine } from "./line.js";
import { onLogin, tickLogin } from "./login.js";
import { countIn, drawNav, markHere } from "./nav.js";
import { act, closePanel } from "./panel.js";
import { drawSound, toggleSound, turnSoundOn } from "./sound.js";
import * as start from "./start.js";
import { thereAre } from "./turns.js";
import { View } from "./view.js";
import { modules } from "./views.js";
import { language, say, switchLanguage } from "./words.js";

const LOOK_AGAIN_MS = 60000; // heartbeats make no events

let me = start.me;

const views = modules.sort((a, b) => a.place - b.place).map((module) => new View(module, answered, failed));
$("gone").after(...modules.filter((one) => one.page === "").map((one) => one.frame));
$("page").append(...modules.filter((one) => one.page !== "").map((one) => one.frame));

const mine = () => views.filter((view) => me?.permissions.includes(view.module.permission));

// What one may see, with what is counted there.
function sections() {
  const counts = {};
  for (const view of mine().filter((one) => one.module.page)) {
    const name = view.module.page.split("/")[0];
    counts[name] = (counts[name] ?? 0) + view.count;
  }
  return counts;
}

// --- following the hall

function begin() {
  if (!me) return;
  followHall(["ready", ...new Set(modules.flatMap((module) => module.events))], happened, startAnew);
  for (const view of mine()) {
    if (view.isHere) view.enter();
    else view.look();
  }
}

async function startAnew() {
  await lookAtMe();
  draw();
  begin();
}

async function lookAtMe() {
  try {
    me = await ask("GET", "/staff/me");
    setClock(me.now);
    answered();
  } catch (error) {
    failed(error);
  }
}

async function lookAgain() {
  if (!me) return;
  await lookAtMe();
  drawAccount(me);
  await Promise.all(mine().map((view) => view.look()));
}

function happened(kind, data) {
  if (kind === "ready" && data) $("update").hidden = data.version === start.version;
  if (data.pages) thereAre(data.pages);
  for (const view of mine()) {
    if (kind !== "ready" && !view.module.events.includes(kind)) continue;
    if (data && view.module.pushed) view.take(data);
    else view.hear();
  }
}

function failed(error) {
  if (error.status === 401) showLogin();
  else gone();
}

function showLogin() {
  hangUp();
  closePanel();
  me = null;
  for (const view of views) view.forget();
  draw();
  $("login-name").focus();
}

// --- drawing

function draw() {
  document.documentElement.lang = language() === "en" ? "en" : "zh-CN";
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
  document.body.classList.toggle("out", me === null);
  $("login").hidden = me !== null;
  for (const id of ["main", "nav", "link", "sound", "device", "logout", "skip"]) $(id).hidden = me === null;
  drawAccount(me);
  if (me) drawNav(sections());
  showHere();
  for (const view of views) view.draw();
  drawLine();
  drawSound();
  tick();
}

function showHere() {
  const { page, section } = here();
  $("heading").textContent = say(page === section ? `page_${section}` : `one_of_${section}`);
  for (const view of views) if (!mine().includes(view)) view.module.frame.hidden = true;
  markHere();
}

// One has gone to another page: the keyboard and a screen reader begin at its heading.
function moved() {
  closePanel();
  showHere();
  for (const view of mine()) view.enter();
  $("strip").scrollTop = $("main").scrollTop = 0; // the browser has looked for the address among the elements
  $("heading").focus();
}

function tick() {
  tickLine();
  writeTimes();
  document.title = me ? `${say(`page_${here().section}`)} · ${say("title")}` : say("title");
  if (me) stayAwake();
  tickAccount();
  tickLogin(me);
  if (me) countIn(sections());
  for (const view of views) view.tick();
}

// --- wiring

onLogin(startAnew);
document.addEventListener("logged-out", showLogin);
document.addEventListener("account-changed", lookAgain);
for (const press of ["pointerdown", "keydown"]) document.addEventListener(press, turnSoundOn, { once: true });
addEventListener("hashchange", moved);
$("skip").addEventListener("click", () => $("heading").focus());
$("logout").addEventListener("click", () => act(async () => { await ask("POST", "/staff/logout"); showLogin(); }));
$("sound").addEventListener("click", toggleSound);
$("update").addEventListener("click", () => location.reload()); // never by itself: it could not ring until it is pressed
$("language").addEventListener("click", () => {
  switchLanguage();
  closePanel();
  draw();
});
setInterval(tick, 1000);
setInterval(lookAgain, LOOK_AGAIN_MS);
if (me) setClock(me.now);
if (me) turnSoundOn(); // browsers let a page that was loaded anew ring at once, or else after the first press
draw();
if (me) begin();
else startAnew();
