// The rules as one is changing them, in this tab: begun from a version or candidate, kept over pages
// and reloads until they are submitted or discarded.

import { get } from './api.js';

const KEPT = 'bailiwick.draft';
let draft = read();

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT));
  } catch {
    return null;
  }
}

function keep() {
  try {
    if (draft && changed()) sessionStorage.setItem(KEPT, JSON.stringify(draft));
    else sessionStorage.removeItem(KEPT);
  } catch {
    // Too large to be kept over a reload; it is still here while the tab is open.
  }
}

/** What is being changed; null before anything was begun. */
export const now = () => draft;

/** Begins from a version's hash or a candidate's name; what was changed before is gone. */
export async function begin(from, said) {
  const version = await get('/v1/rules/' + encodeURIComponent(from));
  const { hash, files, sheets, fixtures } = version;
  draft = { from, said, hash, first: { files: { ...files }, fixtures: { ...fixtures } }, files, sheets, fixtures };
  keep();
  return draft;
}

/** Writes a file's text; null takes it away. */
export function write(kind, path, text) {
  const all = { ...draft[kind] };
  if (text === null) delete all[path];
  else all[path] = text;
  draft = { ...draft, [kind]: all };
  keep();
}

/** Whether a file differs from what was begun with. */
export const differs = (kind, path) => draft.first[kind][path] !== draft[kind][path];

/** The paths that differ. */
export function changes(kind) {
  const paths = new Set([...Object.keys(draft.first[kind]), ...Object.keys(draft[kind])]);
  return [...paths].filter((path) => differs(kind, path)).sort();
}

/** Whether anything differs. */
export const changed = () => Boolean(draft) && (changes('files').length > 0 || changes('fixtures').length > 0);

/** It is submitted as it is: what is here is what was begun with. */
export function settled(from, said) {
  draft = { ...draft, from, said, first: { files: { ...draft.files }, fixtures: { ...draft.fixtures } } };
  keep();
}

/** As it was begun. */
export function discard() {
  draft = { ...draft, files: { ...draft.first.files }, fixtures: { ...draft.first.fixtures } };
  keep();
}

/** In the form of an upload. */
export const upload = () => ({ files: draft.files, sheets: draft.sheets, fixtures: draft.fixtures });
