// What is changed, beside what serves or what it was begun with; and the fixtures that go with it.

import { html, nothing } from 'lit-html';
import { to } from '../address.js';
import * as draft from '../draft.js';
import { short } from '../words.js';
import { busy } from './bits.js';
import { difference } from './difference.js';

const KINDS = ['files', 'fixtures'];

/** The tab of the changes; state.serving is {hash, files, fixtures} once it is known. */
export function changes(state) {
  const now = draft.now();
  const { serving } = state;
  if (!serving) return busy();
  const other = KINDS.some((kind) => paths(serving[kind], now.first[kind]).length > 0);
  const begun = other && state.against === 'begun';
  const before = begun ? now.first : serving;
  const all = KINDS.flatMap((kind) => paths(before[kind], now[kind]).map((path) => difference(kind === 'files' ? path : 'fixtures/' + path, before[kind][path], now[kind][path])));
  const choice = (name, title, on) => html`<a class="button" href=${to('rules', '', { tab: 'changes', against: name })} aria-current=${on ? 'true' : nothing}>${title}</a>`;
  return html`<div class="card stack">${other ? html`<nav class="tools mid tabs" aria-label="Beside what">${choice('', html`Beside what serves <span class="mono">${short(serving.hash)}</span>`, !begun)}${choice('begun', `Beside ${now.said}`, begun)}</nav>` : nothing}
    ${all.length ? all : html`<p class="empty">${begun || !other ? 'Nothing is changed here.' : 'These are the rules that serve.'}</p>`}
    ${Object.keys(now.sheets).length ? html`<p class="small soft">Workbooks are not compared here; Replay says what they change.</p>` : nothing}</div>`;
}

function paths(before, after) {
  const all = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...all].filter((path) => before[path] !== after[path]).sort();
}

/** The tab of the fixtures. */
export function fixtures(state, acts, may) {
  const now = draft.now();
  const made = JSON.parse(sessionStorage.getItem('bailiwick.fixtures') ?? '[]');
  const drop = (i) => {
    sessionStorage.setItem('bailiwick.fixtures', JSON.stringify(made.filter((_, j) => j !== i)));
    acts.check();
  };
  const take = (one, i) => {
    acts.edit('fixtures', `leads/recorded-${one.at.slice(0, 10)}-${one.lead.slice(-6)}.json`, one.file);
    drop(i);
  };
  return html`<div class="stack"><section class="card" aria-label="Made of leads"><h2>Made of leads</h2>${made.length
    ? html`<ul class="list">${made.map((one, i) => html`<li class="between"><span><b>${one.name}</b> <a class="small" href=${to('lead', one.lead)}>its lead</a></span><span class="tools">
      <button ?disabled=${!may} @click=${() => take(one, i)}>Add to the fixtures</button><button @click=${() => drop(i)}>Forget</button></span></li>`)}</ul>`
    : html`<p class="empty">A lead's page makes a fixture of it, without the person: Save as fixture.</p>`}</section>
    <section class="card" aria-label="Fixture files"><h2>Fixture files</h2>${Object.keys(now.fixtures).sort().map((path) => html`<details><summary class="mono">${path}${draft.differs('fixtures', path) ? ' (changed)' : ''}</summary>
    <textarea class="mono whole" rows="14" ?readonly=${!may} aria-label=${'Text of ' + path} .value=${now.fixtures[path]} @change=${(e) => acts.edit('fixtures', path, e.target.value)}></textarea></details>`)}</section></div>`;
}
