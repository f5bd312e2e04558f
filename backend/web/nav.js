// The navigation: a button for each page of which one may see something, with the number that its views count.
import { addressOf, here } from "./address.js";
import { $, draw as svg, el } from "./dom.js";
import { say } from "./words.js";

// In this order, each with the strokes of its icon (24 by 24). On a phone the first four are there at once.
const PAGES = {
  calls: "M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21h4",
  forms: "M6 3h9l4 4v14H6zM9 12h7M9 16h7",
  orders: "M4 5h16v11H9l-5 4zM9 9h7M9 12h4",
  queue: "M4 7h16v4a2 2 0 0 0 0 4v4H4v-4a2 2 0 0 0 0-4zM14 8v10",
  kiosks: "M5 3h14v12H5zM12 15v4M8 21h8",
  own_data: "M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c1-6 15-6 16 0",
  county: "M4 20V9l8-5 8 5v11zM9 20v-6h6v6",
  accounts: "M8 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM2 20c0-5 12-5 12 0M17 8v6M14 11h6",
};

// `sections`: what one may see, with what each counts.
export function drawNav(sections) {
  const known = Object.keys(PAGES).filter((name) => name in sections);
  const names = [...known, ...Object.keys(sections).filter((name) => !(name in PAGES))];
  const links = names.map((name) => el("li", {}, el("a", { href: addressOf(name), "data-page": name },
    svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: PAGES[name] ?? "M4 4h16v16H4z" })),
    el("span", { "data-word": `page_${name}` }, say(`page_${name}`)),
    el("b", { class: "count", hidden: true }))));
  const more = el("button", { id: "more", "aria-expanded": "false", "data-word": "more_pages", onclick: turnMore }, say("more_pages"));
  if ($("nav").dataset.names !== names.join()) {
    $("nav").replaceChildren(el("ul", {}, ...links), ...(names.length > 5 ? [more] : []));
    $("nav").dataset.names = names.join();
  }
  markHere();
  countIn(sections);
}

export function markHere() {
  for (const link of $("nav").querySelectorAll("a")) {
    if (link.dataset.page === here().section) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if ($("nav").classList.contains("open")) turnMore();
}

export function countIn(sections) {
  for (const link of $("nav").querySelectorAll("a")) {
    const [count, badge] = [sections[link.dataset.page] ?? 0, link.querySelector(".count")];
    badge.hidden = !count;
    if (badge.textContent !== String(count)) badge.textContent = count;
  }
}

function turnMore() {
  const isOpen = $("nav").classList.toggle("open");
  $("more")?.setAttribute("aria-expanded", isOpen);
}
