// Elements, without a framework.

export const $ = (id) => document.getElementById(id);

// el("p", { class: "bad" }, "text", child): an element with attributes, listeners (onclick) and children; null is none.
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

// A titled box with an empty body for its view to fill; without a title where it is what the page is about.
export function card(name, { title = true } = {}) {
  const body = el("div", { id: name });
  const frame = el("section", { class: "card", id: `${name}-card` }, title ? el("h2", { "data-word": name }) : null, body);
  return { frame, body };
}

// A drawing: `draw("svg", { viewBox }, ...)`.
export function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
