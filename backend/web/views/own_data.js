// What is kept about the person who stands there: a list, a copy to take home, and taking their consent back.
import { ask } from "../api.js";
import { act, closePanel, showPanel } from "../panel.js";
import { $, card, el } from "../dom.js";
import { named } from "../whose.js";
import { drawPast } from "../rulings.js";
import { colon, comma, inOurs, say, shortTime } from "../words.js";

export const page = "own_data";
export const place = 9;
export const permission = "care_for_own_data";
export const events = [];
export const path = "/staff/own-data";
export const { frame, body } = card("own_data", { title: false });

export function draw({ unread_forms }) {
  return [
    el("p", { class: "empty" }, say("own_data_hint")),
    unread_forms ? el("p", { class: "look" }, say("own_data_unread", { n: unread_forms })) : null,
    el("button", { onclick: askWho }, say("own_data_begin")),
  ];
}

function askWho() {
  const look = () => act(async () => {
    const person = { resident_id: $("own-data-number").value.trim(), card_and_face_seen: $("own-data-seen").checked };
    showList(person, await ask("POST", "/staff/own-data/look", person));
  }, "own_data_check");
  showPanel(
    el("h2", {}, say("own_data")),
    el("label", {}, say("own_data_number"), el("input", { id: "own-data-number", maxlength: "18", autocomplete: "off" })),
    el("label", { class: "choice" }, el("input", { type: "checkbox", id: "own-data-seen" }), say("own_data_seen")),
    el("div", { class: "end" },
      el("button", { onclick: closePanel }, say("back")),
      el("button", { class: "primary", id: "own-data-look", onclick: look }, say("own_data_look"))));
}

function showList(person, { forms }) {
  const copy = () => act(async () => showCopy(person, await ask("POST", "/staff/own-data/copy", person)));
  const acts = forms.length ? [
    el("button", { id: "own-data-copy", onclick: copy }, say("own_data_copy")),
    el("button", { id: "own-data-withdraw", onclick: () => askWithdrawal(person) }, say("own_data_withdraw")),
  ] : [];
  showPanel(
    el("h2", {}, say("own_data_kept", { n: forms.length })),
    drawForms(forms),
    el("p", { class: "empty" }, say("own_data_else")),
    el("div", { class: "end" }, ...acts, el("button", { class: "primary", onclick: closePanel }, say("back"))));
}

function drawForms(forms) {
  return el("table", { class: "kept" }, el("tbody", {}, ...forms.map((form) => el("tr", { "data-form": form.receipt_number },
    el("td", {}, inOurs(form.service)),
    el("td", { class: "number" }, form.receipt_number),
    el("td", {}, shortTime(form.filled_at)),
    el("td", {}, inOurs(form.status_words), form.kept_until ? `${comma()}${until(form)}` : "")))));
}

const until = ({ kept_until }) => say("own_data_until", { day: kept_until.slice(0, 10) });

// To read, to print, and as a file for another program.
function showCopy(person, copy) {
  const parts = copy.forms.flatMap(({ form, answers, problem, decision, rulings }) => [
    el("h3", {}, `${inOurs(form.service)} ${form.receipt_number}`),
    problem ? el("p", { class: "look" }, problem) : null,
    el("table", {}, el("tbody", {}, ...answers.map((answer) => el("tr", {},
      el("td", {}, named(answer)),
      el("td", {}, inOurs(answer.value)))))),
    decision ? drawDecision(decision) : null,
    ...rulings.map(drawPast),
  ]).concat(copy.orders.flatMap(drawOrder));
  showPanel(
    el("h2", {}, say("own_data_copy_title", { time: shortTime(copy.made_at) })),
    ...parts.filter((part) => part !== null),
    el("div", { class: "end" },
      el("button", { onclick: () => save(copy) }, say("own_data_save")),
      el("button", { onclick: () => window.print() }, say("own_data_print")),
      el("button", { class: "primary", onclick: closePanel }, say("back"))));
}

// What the person could not get done with a form, and the answer.
function drawOrder({ number, state, words, unheard, answer, contact }) {
  const facts = [["order_said", unheard ? say("order_to_hear") : words], ["order_answer", answer],
    ["order_contact", contact ? `${contact.name} ${contact.phone}` : ""]];
  return [
    el("h3", {}, `${say("one_of_orders")} ${number}${comma()}${inOurs(state)}`),
    el("table", {}, el("tbody", {}, ...facts.filter(([, value]) => value).map(([word, value]) => el("tr", {},
      el("td", {}, say(word)),
      el("td", {}, value))))),
  ];
}

// What the hall said of it by its rules, and what staff did then and wrote.
function drawDecision({ verdict, steps }) {
  const done = steps.map(({ at, who, words, why }) => [shortTime(at), who, inOurs(words), why].filter(Boolean).join(comma()));
  return el("div", { class: "rules" },
    el("b", {}, say("form_verdict")), colon(), say(`verdict_${verdict}`),
    el("ul", {}, ...done.map((one) => el("li", {}, one))));
}

function save(copy) {
  const address = URL.createObjectURL(new Blob([JSON.stringify(copy, null, 2)], { type: "application/json" }));
  el("a", { href: address, download: `copy-${copy.made_at.slice(0, 10)}.json` }).click();
  URL.revokeObjectURL(address);
}

function askWithdrawal(person) {
  const withdraw = () => act(async () => {
    const { erased, kept } = await ask("POST", "/staff/own-data/withdraw", person);
    showPanel(
      el("h2", {}, say("own_data_withdrawn")),
      erased.length ? el("p", {}, say("own_data_erased", { n: erased.length })) : "",
      erased.length ? drawForms(erased) : "",
      kept.length ? el("p", {}, say("own_data_locked", { n: kept.length })) : "",
      kept.length ? drawForms(kept) : "",
      el("p", { class: "empty" }, say("own_data_backups")),
      el("div", { class: "end" },
        el("button", { onclick: () => window.print() }, say("own_data_print")),
        el("button", { class: "primary", onclick: closePanel }, say("back"))));
  });
  showPanel(
    el("h2", {}, say("own_data_withdraw")),
    el("p", {}, say("own_data_withdraw_what")),
    el("div", { class: "end" },
      el("button", { onclick: closePanel }, say("back")),
      el("button", { class: "primary", id: "own-data-sure", onclick: withdraw }, say("own_data_sure"))));
}
