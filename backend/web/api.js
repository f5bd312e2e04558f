// All that the page says to the hall.
const WAITS_MS = 10000;

export class Refused extends Error {
  // `code` is the hall's one word for why, `values` what its sentence names, where it has them.
  constructor(response, { code, values }) {
    super(`HTTP ${response.status}`);
    this.status = response.status;
    this.code = code;
    this.values = { seconds: response.headers.get("Retry-After"), ...values };
  }
}

// The hall's answer; Refused when it says no, another error when it does not answer. The header proves that it is our
// page that asks: another site can use the cookie, but cannot set this.
export async function ask(method, path, body) {
  const response = await request(method, path, body);
  return response.status === 204 ? null : response.json();
}

// The same where the answer is a file, such as a sound.
export async function askFile(method, path) {
  return (await request(method, path)).blob();
}

async function request(method, path, body) {
  const headers = { "X-Staff-Page": "1" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const signal = AbortSignal.timeout(WAITS_MS);
  const response = await fetch(path, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
  if (!response.ok) throw new Refused(response, await response.json().catch(() => ({})));
  return response;
}

// The stream of what happens at the hall: `happened(kind, data)` for each event, `lost(stream)` whenever the line breaks.
export function follow(kinds, happened, lost) {
  const stream = new EventSource("/staff/events");
  for (const kind of kinds) stream.addEventListener(kind, ({ data }) => happened(kind, JSON.parse(data)));
  stream.onerror = () => lost(stream);
  return stream;
}
