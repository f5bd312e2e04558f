// How far a form has got, and a note for its person. What is typed stays, also when a colleague changes the form meanwhile.
import { here } from "../address.js";
import { ask } from "../api.js";
import { card, el } from "../dom.js";
import { act } from "../panel.js";
import { inOurs, say } from "../words.js";

export const page = "forms/*";
export const place = 21;
export const permission = "move_forms";
export const events = ["submission"];
export const path = "/staff/submissions/{submission_id}";
export const { frame, body } = card("form_status");

let typed = {}; // since the form was last kept

export function forget() {
  typed = {};
}

export function draw({ form, statuses }, refresh) {
  const choices = statuses.map(({ id, words }) => el("label", { class: "choice" },
    el("input", { type: "radio", name: "status", value: id, checked: id === (typed.status ?? form.status) }), inOurs(words)));
  const note = el("textarea", { rows: "2", maxlength: "200", id: "note", placeholder: say("note_example") });
  note.value = typed.note ?? form.note;
  note.addEventListener("input", () => { typed.note = note.value; });
  const group = el("fieldset", {}, el("legend", { class: "unseen" }, say("status")), ...choices);
  group.addEventListener("change", (event) => { typed.status = event.target.value; });
  const save = () => act(async () => {
    const status = typed.status ?? form.status;
    try {
      await ask("PUT", `/submissions/${here().id}/status`, { status, note: note.value.trim(), version: form.version });
      typed = {};
    } finally {
      await refresh();
    }
  });
  return [
    group,
    el("label", {}, say("note"), note),
    el("div", { class: "end" }, el("button", { class: "primary", id: "save-status", onclick: save }, say("save"))),
  ];
}

// What is decided or taken back is moved no more.
export const isEmpty = ({ form }) => form.status === "done";

export const refused = () => [];
