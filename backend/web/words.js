// Everything the page says, in the language that the reader chose.
import { words } from "./start.js";

let lang = localStorage.getItem("lang") === "en" ? "en" : "zh";

export const language = () => lang;

export function switchLanguage() {
  lang = lang === "zh" ? "en" : "zh";
  localStorage.setItem("lang", lang);
}

// A text of the page's own, {name} filled in.
export function say(word, values = {}) {
  const text = words[word]?.[lang === "zh" ? 0 : 1] ?? word;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// What stands between two texts.
export const colon = () => (lang === "zh" ? "：" : ": ");
export const comma = () => (lang === "zh" ? "，" : ", ");

export const knows = (word) => word in words;

// What the hall gave in both languages.
export const inOurs = (given) => given[lang];

export function shortTime(moment, withSeconds = false) {
  const options = { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  if (withSeconds) options.second = "2-digit";
  return new Date(moment).toLocaleString(lang === "en" ? "en-GB" : "zh-CN", options);
}

// A day such as 2026-11-24, wherever the browser thinks that it is.
export function shortDay(day) {
  const options = { month: "numeric", day: "numeric", weekday: "short" };
  return new Date(`${day}T12:00`).toLocaleDateString(lang === "en" ? "en-GB" : "zh-CN", options);
}
