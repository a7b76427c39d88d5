// Asks the service. Everything goes through /v1, with the key of this tab where there is one.

const KEY = 'bailiwick.key';

/** What the service refused, in its own words. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || 'Status ' + status);
    this.status = status;
    this.type = (problem.type || '').replace('/problems/', '');
    this.errors = problem.errors || [];
  }
}

let whenUnknown = () => {};

/** What is to be done where the service wants a key, or another one. */
export function onUnknown(then) {
  whenUnknown = then;
}

/** The key of this tab; it ends with the tab. */
export const key = {
  get: () => sessionStorage.getItem(KEY),
  set: (secret) => (secret ? sessionStorage.setItem(KEY, secret) : sessionStorage.removeItem(KEY)),
};

/** The headers that say who asks. */
export function headers(more = {}) {
  return key.get() ? { ...more, Authorization: 'Bearer ' + key.get() } : more;
}

async function ask(method, path, body, more) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers: headers(body === undefined ? more : { 'Content-Type': 'application/json', ...more }),
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Refused(0, { detail: 'The service does not answer.' });
  }
  const text = await answer.text();
  let json = {};
  try {
    json = text ? JSON.parse(text) : {};
  } catch {
    json = { detail: text.slice(0, 200) };
  }
  if (answer.status === 401) whenUnknown();
  if (!answer.ok) throw new Refused(answer.status, json);
  return json;
}

export const get = (path) => ask('GET', path);
export const post = (path, body = {}, more = {}) => ask('POST', path, body, more);
export const put = (path, body) => ask('PUT', path, body);
export const drop = (path) => ask('DELETE', path);

/** Fetches a file, with the key, and gives it to the browser to keep. */
export async function saved(path, name) {
  const answer = await fetch(path, { headers: headers() });
  if (!answer.ok) throw new Refused(answer.status, await answer.json().catch(() => ({})));
  keep(await answer.blob(), name);
}

/** Gives the browser a file to keep. */
export function keep(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** A path with a query; what is empty is left out. */
export function asking(path, query) {
  const said = Object.entries(query).filter(([, value]) => value !== '' && value != null);
  return said.length ? path + '?' + new URLSearchParams(said) : path;
}
