// The staff page. The hall's board is fetched whole and drawn whole; the event stream only says when.

const KIOSK_IS_SILENT_S = 180;
const LOOK_AGAIN_MS = 20000; // heartbeats make no events
const RING_EVERY_MS = 3000;

const $ = (id) => document.getElementById(id);
const page = { lang: localStorage.getItem("lang") === "en" ? "en" : "zh", words: {}, board: null, stream: null, link: "connecting", clockAhead: 0, audio: null };

function say(word, values = {}) {
  const text = page.words[word]?.[page.lang] ?? word;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

class Refused extends Error {
  constructor(response) {
    super(`HTTP ${response.status}`);
    this.status = response.status;
    this.waitSeconds = response.headers.get("Retry-After");
  }
}

async function ask(method, path, body) {
  const headers = { "X-Staff-Page": "1" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  if (!response.ok) throw new Refused(response);
  return response.status === 204 ? null : response.json();
}

// Does what a button asks; when that fails, says so instead of leaving the clerk to guess.
async function act(work, failure = "failed") {
  $("trouble").hidden = true;
  try {
    await work();
  } catch (error) {
    if (error.status === 401) return showLogin();
    $("trouble").textContent = say(error.status === 422 ? failure : "failed");
    $("trouble").hidden = false;
    setTimeout(() => { $("trouble").hidden = true; }, 6000);
  }
}

// --- login

function showLogin() {
  page.stream?.close();
  page.stream = page.board = null;
  page.link = "connecting";
  draw();
  $("login-name").focus();
}

async function logIn(event) {
  event.preventDefault();
  const name = $("login-name").value.trim();
  const pin = $("login-pin").value.trim();
  $("login-error").textContent = "";
  try {
    await ask("POST", "/staff/login", { name, pin });
  } catch (error) {
    const word = { 401: "login_wrong", 422: "login_check", 429: "login_wait" }[error.status] ?? "failed";
    $("login-error").textContent = say(word, { seconds: error.waitSeconds });
    $("login-pin").select();
    return;
  }
  $("login-pin").value = "";
  turnSoundOn();
  await start();
}

// --- following the hall

async function start() {
  await refresh();
  if (page.board) follow();
}

function follow() {
  page.stream?.close();
  const stream = page.stream = new EventSource("/staff/events");
  for (const kind of ["ready", "call", "submission"]) stream.addEventListener(kind, refresh);
  stream.onerror = () => {
    showLink("offline");
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => page.stream === stream && start(), 2000);
  };
}

let refreshing = null;
let isStale = false;

// One fetch at a time, and one more when something changed meanwhile: an older board never overwrites a newer one.
function refresh() {
  isStale = true;
  refreshing ??= (async () => {
    while (isStale) {
      isStale = false;
      await load();
    }
    refreshing = null;
  })();
  return refreshing;
}

async function load() {
  try {
    page.board = await ask("GET", "/staff/board");
  } catch (error) {
    if (error.status === 401) return showLogin();
    return showLink("offline");
  }
  if (page.stream?.readyState === EventSource.OPEN) showLink("online");
  page.clockAhead = Date.parse(page.board.now) - Date.now();
  draw();
  for (const call of page.board.calls) {
    if (call.state === "requested") await act(() => ask("POST", `/calls/${call.id}/seen`));
  }
}

function showLink(link) {
  page.link = link;
  $("link").textContent = say(link);
  $("link").classList.toggle("off", link === "offline");
}

// --- drawing

function draw() {
  document.documentElement.lang = page.lang === "en" ? "en" : "zh-CN";
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  const isIn = page.board !== null;
  $("login").hidden = isIn;
  for (const id of ["board", "link", "sound", "me", "logout"]) $(id).hidden = !isIn;
  if (isIn) {
    $("me").textContent = page.board.staff;
    showLink(page.link);
    redraw("calls", drawCalls);
    redraw("submissions", drawSubmissions);
    redraw("kiosks", drawKiosks);
  }
  drawSound();
  tick();
}

const drawn = {};

// Draws a part anew only when it shows something else, so that a button keeps its focus under a clerk's finger.
function redraw(part, build) {
  const shows = JSON.stringify([page.lang, page.board.statuses, page.board[part]]);
  if (drawn[part] === shows) return;
  drawn[part] = shows;
  $(part).replaceChildren(...build(page.board[part]));
}

function drawCalls(calls) {
  if (!calls.length) {
    return [el("div", { class: "card nobody" }, el("h2", {}, say("no_calls")), el("p", {}, say("no_calls_hint")))];
  }
  return calls.map((call) => {
    const isComing = call.state === "acknowledged";
    const step = isComing ? "close" : "acknowledge";
    const press = () => act(async () => { await ask("POST", `/calls/${call.id}/${step}`); await refresh(); });
    return el("article", { class: `call ${isComing ? "coming" : "ringing"}`, "data-call": call.id },
      el("div", {},
        el("h3", {}, call.kiosk),
        el("p", { class: "where" }, `${call.service?.[page.lang] ?? say("no_service")} · ${call.screen[page.lang]}`),
        call.reason ? el("p", { class: "reason" }, call.reason) : null),
      isComing
        ? el("div", { class: "clock" }, say("on_the_way", { name: call.staff }))
        : el("div", { class: "clock", "data-since": call.received_at, "data-say": "waiting" }),
      el("button", { onclick: press }, say(step)));
  });
}

function drawKiosks(kiosks) {
  if (!kiosks.length) return [el("p", { class: "empty" }, say("no_kiosks"))];
  return kiosks.map((kiosk) => {
    return el("div", { class: "kiosk", "data-kiosk": kiosk.name },
      el("span", { class: "dot" }), el("b", {}, kiosk.name),
      el("p", { "data-since": kiosk.seen_at, "data-say": "kiosk_seen" }),
      kiosk.waiting ? el("p", {}, say("kiosk_waiting", { n: kiosk.waiting })) : null,
      ...kiosk.degraded.map((problem) => el("p", { class: "bad" }, problem)));
  });
}

function drawSubmissions(submissions) {
  if (!submissions.length) return [el("p", { class: "empty" }, say("no_submissions"))];
  const heads = ["receipt_number", "service", "received_at", "status"].map((word) => el("th", {}, say(word)));
  return [el("table", {},
    el("thead", {}, el("tr", {}, ...heads, el("th"))),
    el("tbody", {}, ...submissions.map(drawSubmission)))];
}

function drawSubmission(submission) {
  return el("tr", { "data-submission": submission.id },
    el("td", { class: "number" }, submission.receipt_number),
    el("td", {}, submission.service[page.lang]),
    el("td", { class: "when" }, shortTime(submission.received_at)),
    el("td", {},
      el("span", { class: submission.status === "done" ? "done" : "" }, statusText(submission.status)),
      submission.needs_person ? el("br") : null,
      submission.needs_person ? el("span", { class: "look" }, say("needs_person")) : null),
    el("td", { class: "do" },
      el("button", { onclick: () => showForm(submission) }, say("open")),
      el("button", { onclick: () => showStatus(submission) }, say("change_status"))));
}

const statusText = (id) => page.board.statuses.find((status) => status.id === id).words[page.lang];

function shortTime(moment) {
  const options = { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Date(moment).toLocaleString(page.lang === "en" ? "en-GB" : "zh-CN", options);
}

// --- dialogs

function showDialog(...children) {
  $("dialog").replaceChildren(...children);
  if (!$("dialog").open) $("dialog").showModal();
}

const closeDialog = () => $("dialog").close();

function showStatus(submission) {
  const choices = page.board.statuses.map(({ id, words }) => el("label", { class: "choice" },
    el("input", { type: "radio", name: "status", value: id, checked: id === submission.status }), words[page.lang]));
  const note = el("textarea", { rows: "2", maxlength: "200", id: "note", placeholder: say("note_example") });
  note.value = submission.note;
  const save = () => act(async () => {
    const status = $("dialog").querySelector("input[name=status]:checked").value;
    await ask("PUT", `/submissions/${submission.id}/status`, { status, note: note.value.trim() });
    closeDialog();
    await refresh();
  });
  showDialog(
    el("h2", {}, say("status_title", { number: submission.receipt_number })),
    ...choices,
    el("label", {}, say("note"), note),
    el("div", { class: "end" },
      el("button", { onclick: closeDialog }, say("cancel")),
      el("button", { class: "primary", id: "save-status", onclick: save }, say("save"))));
}

function showForm(submission) {
  return act(async () => {
    const form = await ask("POST", `/submissions/${submission.id}/open`);
    const problems = form.problems.map((problem) => el("li", {}, problem[page.lang]));
    showDialog(
      el("h2", {}, say("form_title", { number: submission.receipt_number })),
      el("p", { class: "empty" }, say("form_audit")),
      problems.length ? el("div", { class: "problems" }, el("b", {}, say("form_problems")), el("ul", {}, ...problems)) : "",
      el("table", {}, el("tbody", {}, ...form.answers.map((answer) => drawAnswer(submission, answer)))),
      el("div", { class: "end" }, el("button", { class: "primary", onclick: closeDialog }, say("back"))));
  }, "cannot_open");
}

function drawAnswer(submission, answer) {
  const value = el("td", {}, answer.value[page.lang]);
  const reveal = (event) => act(async () => {
    const full = await ask("POST", `/submissions/${submission.id}/reveal`, { field: answer.field });
    value.textContent = full[page.lang];
    event.target.remove();
  });
  return el("tr", { "data-field": answer.field },
    el("td", {}, answer.label[page.lang]), value,
    el("td", { class: "do" }, answer.is_masked ? el("button", { onclick: reveal }, say("reveal")) : ""));
}

// --- clocks, title and sound

const secondsSince = (moment) => Math.max(0, Math.floor((Date.now() + page.clockAhead - Date.parse(moment)) / 1000));

function spanText(seconds) {
  return seconds < 60 ? say("seconds", { s: seconds }) : say("minutes", { m: Math.floor(seconds / 60), s: seconds % 60 });
}

const ringing = () => (page.board?.calls ?? []).filter((call) => call.state !== "acknowledged");

function tick() {
  for (const element of document.querySelectorAll("[data-since]")) {
    element.textContent = say(element.dataset.say, { time: spanText(secondsSince(element.dataset.since)) });
  }
  for (const kiosk of page.board?.kiosks ?? []) {
    const isSilent = secondsSince(kiosk.seen_at) > KIOSK_IS_SILENT_S;
    $("kiosks").querySelector(`[data-kiosk="${CSS.escape(kiosk.name)}"]`)?.classList.toggle("silent", isSilent);
  }
  const isFlash = ringing().length && Math.floor(Date.now() / 1000) % 2;
  document.title = isFlash ? `(${ringing().length}) ${say("title_call")}` : say("title");
}

function turnSoundOn() {
  page.audio ??= new AudioContext();
  page.audio.onstatechange = drawSound;
  page.audio.resume();
}

function drawSound() {
  const isOn = page.audio?.state === "running";
  $("sound").textContent = say(isOn ? "sound_on" : "sound_off");
}

function ring() {
  if (!ringing().length || page.audio?.state !== "running") return;
  [880, 660].forEach((pitch, turn) => {
    const tone = page.audio.createOscillator();
    const volume = page.audio.createGain();
    const begins = page.audio.currentTime + turn * 0.35;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.25, begins);
    volume.gain.exponentialRampToValueAtTime(0.001, begins + 0.33);
    tone.connect(volume).connect(page.audio.destination);
    tone.start(begins);
    tone.stop(begins + 0.34);
  });
}

// --- wiring

$("login").querySelector("form").addEventListener("submit", logIn);
$("logout").addEventListener("click", () => act(async () => { await ask("POST", "/staff/logout"); showLogin(); }));
$("sound").addEventListener("click", turnSoundOn);
document.addEventListener("pointerdown", turnSoundOn, { once: true });
$("language").addEventListener("click", () => {
  page.lang = page.lang === "zh" ? "en" : "zh";
  localStorage.setItem("lang", page.lang);
  closeDialog();
  draw();
});
page.words = await (await fetch("/staff/words")).json();
setInterval(tick, 1000);
setInterval(ring, RING_EVERY_MS);
setInterval(() => page.board && refresh(), LOOK_AGAIN_MS);
await start();
