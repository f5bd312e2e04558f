// Where one is on the page: #forms is the list of forms, #forms/ID one form. Nothing private is ever in an address.
const FIRST = "calls";

// `page` is what views name: "forms", or "forms/*" where `id` says which.
export function here() {
  const [page, id] = location.hash.slice(1).split("/");
  return { page: id ? `${page || FIRST}/*` : page || FIRST, section: page || FIRST, id: id ?? null };
}

export const addressOf = (...parts) => `#${parts.join("/")}`;

export function go(...parts) {
  location.hash = addressOf(...parts);
}
