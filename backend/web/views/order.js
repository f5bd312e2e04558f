// One of the things that somebody could not get done: hear it, write it down, own it, answer it as its person will read it.
import { here } from "../address.js";
import { ask, askFile } from "../api.js";
import { $, card, el } from "../dom.js";
import { form, input } from "../form.js";
import { act, closePanel, showPanel } from "../panel.js";
import { comma, inOurs, say, shortTime } from "../words.js";
import { drawDue, drawWhat } from "./orders.js";

export const page = "orders/*";
export const place = 31;
export const permission = "answer_orders";
export const method = "POST"; // a look is written down
export const events = [];
export const path = "/staff/work-orders/{order_id}/open";
export const { frame, body } = card("order", { title: false });

let typed = {}; // what was written here and not sent yet
let player = null; // it goes on playing while the page around it is drawn anew

export function forget() {
  typed = {};
  if (player) URL.revokeObjectURL(player.src);
  player = null;
}

export function draw(order, refresh) {
  // Does it and looks again, also where a colleague was first.
  const doing = (name, body, failure) => act(async () => {
    try {
      await ask("POST", `/staff/work-orders/${here().id}/${name}`, body);
      typed = {};
    } finally {
      await refresh();
    }
  }, failure);
  const isAnswered = ["answered", "closed"].includes(order.state);
  return [
    el("dl", { class: "facts" },
      ...fact("order_number", el("b", {}, order.number)),
      ...fact("order_what", ...drawWhat(order)),
      ...fact("order_left", shortTime(order.left_at)),
      ...fact("order_due", ...drawDue(order)),
      ...(order.form ? fact("order_form", order.form) : []),
      ...fact("owner", order.owner ?? say("nobody_yet"))),
    order.lang === "en" ? el("p", { class: "look" }, say("order_reads_english")) : null,
    el("div", { class: "acts" },
      order.state === "open" ? el("button", { class: "primary", id: "order-take", onclick: () => doing("take") }, say("take_order")) : null,
      isAnswered ? null : drawColleagues(order, doing),
      order.has_contact ? el("button", { id: "order-contact", onclick: showContact }, say("order_contact")) : null),
    ...drawSaid(order, doing),
    ...(order.has_sound ? [] : order.state === "closed" ? drawAnswer(order) : drawAnswering(order, doing)),
    el("div", { class: "acts end" },
      order.state === "answered" ? el("button", { id: "order-close", onclick: () => doing("close", { seen: order.seen }) }, say("close_order")) : null,
      isAnswered ? el("button", { id: "order-reopen", onclick: () => askReason(order, refresh) }, say("reopen_order")) : null,
      el("button", { id: "order-erase", onclick: () => askErasing(doing) }, say("erase_order"))),
    ...drawHistory(order),
  ];
}

const fact = (word, ...what) => [el("dt", {}, say(word)), el("dd", {}, ...what)];

// A lead gives it to somebody: choosing the name does it.
function drawColleagues({ staff, owner }, doing) {
  const names = staff.filter((one) => one !== owner);
  if (!names.length) return null;
  const select = el("select", { id: "order-assign", "aria-label": say("give_order") },
    el("option", { value: "" }, say("give_order")), ...names.map((name) => el("option", { value: name }, name)));
  select.addEventListener("change", () => select.value && doing("assign", { name: select.value }));
  return select;
}

// --- what was said

function drawSaid(order, doing) {
  const head = el("h2", {}, say("order_said"));
  if (!order.has_sound) return order.words ? [head, el("p", { class: "said" }, order.words)] : [];
  const play = () => act(async () => {
    player ??= drawPlayer(await askFile("POST", `/staff/work-orders/${here().id}/sound`));
    $("order-player").replaceChildren(player); // it may have been drawn anew meanwhile
    await player.play();
  });
  const words = area("words", "order_words", order.words);
  return [
    head,
    el("div", { class: "acts" }, el("button", { class: "primary", id: "order-play", onclick: play }, say("order_play"))),
    el("div", { id: "order-player" }, player),
    words.label,
    el("p", { class: "from" }, say("order_words_hint")),
    el("div", { class: "end" }, el("button", {
      id: "order-write", onclick: () => doing("words", { seen: order.seen, words: words.value() }, "order_words_check"),
    }, say("order_write"))),
  ];
}

const drawPlayer = (sound) => el("audio", { src: URL.createObjectURL(sound), controls: true, "aria-label": say("order_said") });

// --- the answer, and how its person will read it

function drawAnswering(order, doing) {
  const answer = area("answer", "order_answer", order.answer);
  const change = el("select", { id: "order-change" }, el("option", { value: "" }, say("please_choose")), ...order.changes.map(({ id, words }) => el("option", { value: id }, inOurs(words).replace("{office}", "…"))));
  change.value = typed.change ?? order.change ?? "";
  const office = el("input", { id: "order-office", maxlength: "60", autocomplete: "off" });
  office.value = typed.office ?? order.office;
  const officeLabel = el("label", {}, say("order_office"), office);
  const preview = el("div", { class: "preview", id: "order-preview", "aria-live": "polite" });
  const show = () => {
    typed = { ...typed, change: change.value, office: office.value };
    const chosen = order.changes.find(({ id }) => id === change.value);
    officeLabel.hidden = !chosen?.needs_office;
    const changed = chosen ? inOurs(chosen.words).replace("{office}", office.value || "…") : "…";
    preview.replaceChildren(...asRead(order, changed, answer.value()));
  };
  for (const input of [answer.input, office]) input.addEventListener("input", show);
  change.addEventListener("change", show);
  show();
  const send = () => doing("answer", {
    seen: order.seen, answer: answer.value(), change: change.value, office: officeLabel.hidden ? "" : office.value.trim(),
  }, "order_answer_check");
  return [
    el("h2", {}, say("order_answering")),
    answer.label,
    el("p", { class: "from" }, say("order_answer_hint")),
    el("label", {}, say("order_changed"), change),
    officeLabel,
    el("h3", {}, say("order_preview")),
    preview,
    el("div", { class: "end" }, el("button", { class: "primary", id: "order-answer", onclick: send }, say("order_send"))),
  ];
}

function drawAnswer(order) {
  if (!order.answer) return [];
  const changed = order.changes.find(({ id }) => id === order.change);
  const words = changed ? inOurs(changed.words).replace("{office}", order.office) : "";
  return [el("h2", {}, say("order_answer")), el("div", { class: "preview" }, ...asRead(order, words, order.answer))];
}

// In the words that the kiosk, the slip and the page for phones show.
const asRead = (order, changed, answer) => [
  el("p", { class: "from" }, inOurs(order.answered_words)),
  el("p", {}, el("b", {}, changed)),
  el("p", { class: "said" }, answer || "…"),
  el("p", { class: "from" }, inOurs(order.next)),
];

function area(name, word, before) {
  const input = el("textarea", { rows: "3", maxlength: "2000", id: `order-${name}-text` });
  input.value = typed[name] ?? before;
  input.addEventListener("input", () => { typed[name] = input.value; });
  return { input, label: el("label", {}, say(word), input), value: () => input.value.trim() };
}

// --- acts of their own

const showContact = () => act(async () => {
  const { name, phone } = await ask("POST", `/staff/work-orders/${here().id}/contact`);
  showPanel(
    el("h2", {}, say("order_contact")),
    el("dl", { class: "facts" }, ...fact("order_contact_name", name || "—"), ...fact("order_contact_phone", phone || "—")),
    el("div", { class: "end" }, el("button", { class: "primary", onclick: closePanel }, say("back"))));
});

function askReason(order, refresh) {
  const reopen = async ({ reason }) => {
    try {
      await ask("POST", `/staff/work-orders/${here().id}/reopen`, { seen: order.seen, reason: reason.trim() });
    } finally {
      await refresh();
    }
    closePanel();
  };
  showPanel(
    el("h2", {}, say("reopen_order")),
    form([input("reason", "reopen_reason", { maxlength: "200", id: "order-reason" })], "reopen_order", reopen, "order_reason_check"));
}

function askErasing(doing) {
  const erase = async () => {
    closePanel();
    await doing("erase");
  };
  showPanel(
    el("h2", {}, say("erase_order")),
    el("p", {}, say("erase_order_what")),
    el("div", { class: "end" },
      el("button", { onclick: closePanel }, say("back")),
      el("button", { class: "primary", id: "order-erase-sure", onclick: erase }, say("erase_order_sure"))));
}

function drawHistory({ history }) {
  if (!history.length) return [];
  const lines = history.map(({ at, who, act: done, text }) => el("li", {},
    `${shortTime(at)}${comma()}${who}${comma()}${say(`order_act_${done}`)}`, text ? el("div", { class: "from" }, text) : null));
  return [el("h2", {}, say("form_history")), el("ul", { class: "plain" }, ...lines)];
}

export const refused = () => [el("p", {}, say("no_such_order"))];
