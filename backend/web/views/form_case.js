// One form: which it is, where it stands, and who deals with it.
import { ownName } from "../account.js";
import { ask } from "../api.js";
import { card, el } from "../dom.js";
import { act, why } from "../panel.js";
import { inOurs, say } from "../words.js";
import { drawState, drawTogether, drawWhen } from "./submissions.js";

export const page = "forms/*";
export const place = 20;
export const permission = "see_board";
export const events = ["submission"];
export const path = "/staff/submissions/{submission_id}";
export const { frame, body } = card("form_case");

export function draw({ form, colleagues }, refresh) {
  const me = ownName();
  const isDone = form.status === "done";
  const give = (to) => act(async () => {
    try {
      await ask("PUT", `/staff/submissions/${form.id}/owner`, { to, version: form.version });
    } finally {
      await refresh();
    }
  });
  return [
    el("dl", { class: "facts" },
      ...fact("receipt_number", el("b", {}, form.receipt_number)),
      ...fact("service", inOurs(form.service), el("div", { class: "from" }, form.kiosk), drawTogether(form)),
      ...fact("filled_at", ...drawWhen(form)),
      ...fact("status", ...drawState(form)),
      ...fact("owner", form.owner ?? say("nobody_yet"))),
    el("div", { class: "acts" },
      isDone || form.owner === me ? null : el("button", { class: "primary", id: "take-form", onclick: () => give(me) }, say("take_form")),
      isDone ? null : drawColleagues(colleagues.filter((one) => one !== form.owner && one !== me), give),
      form.owner && !isDone ? el("button", { id: "free-form", onclick: () => give(null) }, say("free_form")) : null,
      el("button", { id: "print-form", onclick: () => window.print() }, say("own_data_print"))),
  ];
}

const fact = (word, ...what) => [el("dt", {}, say(word)), el("dd", {}, ...what)];

// To a colleague: choosing the name does it.
function drawColleagues(names, give) {
  if (!names.length) return null;
  const select = el("select", { id: "give-form", "aria-label": say("give_form") },
    el("option", { value: "" }, say("give_form")), ...names.map((name) => el("option", { value: name }, name)));
  select.addEventListener("change", () => select.value && give(select.value));
  return select;
}

export const refused = (error) => [el("p", {}, error.status === 410 ? why(error) : say("no_such_form"))];
