// The accounts of staff, for admins: who may get in, with which role, and where each is logged in now.
import { drawSessions } from "../account.js";
import { ask } from "../api.js";
import { act, closePanel, showPanel } from "../panel.js";
import { card, el } from "../dom.js";
import { form, input } from "../form.js";
import { say, shortTime } from "../words.js";

const ROLES = ["staff", "lead", "admin"];

export const page = "accounts";
export const place = 18;
export const permission = "manage_accounts";
export const events = [];
export const path = "/staff/accounts";
export const { frame, body } = card("accounts", { title: false });

export function draw(accounts, refresh) {
  const heads = ["account_name", "account_role", "account_state"].map((word) => el("th", {}, say(word)));
  return [
    el("table", {},
      el("thead", {}, el("tr", {}, ...heads, el("td"))),
      el("tbody", {}, ...accounts.map((account) => drawRow(account, refresh)))),
    el("button", { id: "account-add", onclick: () => showNew(refresh) }, say("account_add")),
  ];
}

function drawRow(account, refresh) {
  const open = account.sessions.length;
  return el("tr", { "data-account": account.name },
    el("td", {}, el("b", {}, account.name)),
    el("td", {}, say(`role_${account.role}`)),
    el("td", {},
      el("span", { class: account.state === "active" ? "done" : "look" }, say(`state_${account.state}`)),
      open ? el("span", { class: "when" }, ` ${say("account_logged_in", { n: open })}`) : null),
    el("td", { class: "do" }, el("button", { onclick: () => showAccount(account, refresh) }, say("account_open"))));
}

const drawRoles = (chosen) => ROLES.map((role) => el("label", { class: "choice" },
  el("input", { type: "radio", name: "role", value: role, checked: role === chosen }),
  el("span", {}, el("b", {}, say(`role_${role}`)), " ", say(`role_${role}_hint`))));

function showNew(refresh) {
  const add = async ({ name, role }) => {
    showCode(await ask("POST", path, { name: name.trim(), role }));
    await refresh();
  };
  const inputs = [input("name", "account_name", { maxlength: "20" }, "login_name_hint"), ...drawRoles("staff")];
  showPanel(el("h2", {}, say("account_add")), form(inputs, "account_add", add, "account_check"));
}

function showCode({ name, code, until }) {
  showPanel(
    el("h2", {}, say("code_title", { name })),
    el("p", { class: "code" }, code),
    el("p", {}, say("code_hint", { name, time: shortTime(until) })),
    el("div", { class: "end" }, el("button", { class: "primary", onclick: closePanel }, say("back"))));
}

function showAccount(account, refresh) {
  const { id, name, role, state, sessions } = account;
  const change = (method, what, body) => async () => {
    const told = await ask(method, `${path}/${id}/${what}`, body);
    if (told) showCode(told);
    else closePanel();
    await refresh();
  };
  const press = (method, what) => () => act(change(method, what));
  const isDisabled = state === "disabled";
  const saveRole = (values) => change("PUT", "role", { role: values.role })();
  showPanel(
    el("h2", {}, name),
    form(drawRoles(role), "save", saveRole),
    sessions.length ? el("h3", {}, say("account_logged_in", { n: sessions.length })) : "",
    drawSessions(sessions, (session) => act(change("DELETE", `sessions/${session}`))),
    el("p", { class: "empty" }, say("account_reset_hint")),
    el("div", { class: "end" },
      el("button", { id: "account-reset", onclick: press("POST", "reset-pin") }, say("account_reset")),
      el("button", { id: "account-switch", onclick: press("POST", isDisabled ? "enable" : "disable") },
        say(isDisabled ? "account_enable" : "account_disable")),
      el("button", { onclick: closePanel }, say("back"))));
}
