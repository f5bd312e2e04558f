// That somebody guesses at PINs, for admins.
import { card, el } from "../dom.js";
import { say, shortTime } from "../words.js";

export const page = "accounts";
export const place = 12;
export const permission = "manage_accounts";
export const events = ["guess"];
export const pauseMs = 2000;
export const path = "/staff/accounts/guesses";
export const { frame, body } = card("guesses");

export function draw(guesses) {
  return guesses.map(({ name, waits, newest }) => el("p", { class: "bad", "data-guessed": name ?? "" },
    say(name === null ? "guesses_nobody" : "guesses_of", { name, n: waits, time: shortTime(newest) })));
}

export const isEmpty = (guesses) => !guesses.length;

export const count = (guesses) => guesses.length;
