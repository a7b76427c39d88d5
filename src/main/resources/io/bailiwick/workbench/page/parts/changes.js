// A verdict: whether it may go live and what decided that, how many leads change how, where they go,
// by which difference, and what the fixtures prove of it.

import { html, nothing } from 'lit-html';
import { count, short, some } from '../words.js';
import { place } from './bits.js';
import { flow, matrix, volumes, ways } from './flow.js';
import { proof } from './proof.js';

/** The six ways to come out, with a sign: never colour alone. */
export const CHANGES = {
  same: { name: 'Same', sign: '=', look: '' },
  moved: { name: 'Moved', sign: '~', look: 'move' },
  to_queue: { name: 'Assign → queue', sign: '◷', look: 'wait' },
  to_assign: { name: 'Queue → assign', sign: '▲', look: 'good' },
  unmatched: { name: 'Unmatched', sign: '?', look: 'bad' },
  error: { name: 'Error', sign: '!', look: 'bad' },
};

/** all: {replay, query, set(query), list, sankey}. */
export function verdictView(all) {
  const { replay, query, set, list, sankey, may } = all;
  const { verdict } = replay;
  const flows = ways(verdict);
  const shown = verdict.changed.filter((one) => (!query.change || one.change === query.change) && matches(one, query.text));
  return html`${strip(replay)}
    <section aria-label="How leads change"><div class="tiles">${Object.entries(CHANGES).map(([word, one]) => tile(word, one, verdict, query, set))}</div></section>
    ${moves(verdict) ? html`<section class="card" aria-label="Flow"><h2>Flow <span class="soft small">before → after, the changed ones in colour</span></h2>${sankey ? flow(flows, sankey) : nothing}</section>
    <div class="pair"><section class="card" aria-label="By change"><h2>By change</h2>${groups(verdict.groups)}</section>
    <section class="card" aria-label="Volume by territory"><h2>Volume by territory</h2>${volumes(verdict.territories)}</section></div>
    <section class="card" aria-label="From each to each"><h2>From each to each</h2>${matrix(flows)}</section>` : nothing}
    ${verdict.changed.length ? html`<section class="card flush" aria-label="Changed leads"><h2>Changed leads <span class="tools mid"><label for="change-text" class="unseen">Filter by text</label><input id="change-text" type="search" placeholder="Filter" .value=${query.text ?? ''} @input=${(e) => set({ text: e.target.value })}></span></h2>
    <div class="vhead rows-changed" aria-hidden="true"><span>Change</span><span>Lead</span><span>Was</span><span>Is now</span><span>By rule</span></div>${list.view(shown)}</section>` : nothing}
    ${unseen(verdict).length ? silent(unseen(verdict)) : nothing}${proof(replay, may)}`;
}

const moves = (verdict) => verdict.changed.length > 0;
const matches = (one, text) => !text || JSON.stringify([one.name, one.place, one.before, one.after]).toLowerCase().includes(text.toLowerCase());

function strip(replay) {
  const { verdict } = replay;
  const changed = verdict.leads - verdict.counts.same;
  const failing = verdict.guardrails.filter((one) => !one.kept);
  const blocked = !verdict.publishable;
  const why = failing.length ? failing[0].told : verdict.fixtures.totals.fail + verdict.fixtures.totals.error ? `${some(verdict.fixtures.totals.fail + verdict.fixtures.totals.error, 'fixture does', 'fixtures do')} not come out as expected` : verdict.fixtures.rules.neverFired.length ? `${some(verdict.fixtures.rules.neverFired.length, 'rule is', 'rules are')} fired by no fixture` : '';
  const unproved = !blocked && !changed && unseen(verdict).length > 0;
  const said = unproved ? 'The rules changed, and none of these leads shows what that does' : blocked ? why : changed ? `${count(changed)} of ${count(verdict.leads)} leads change, within the guardrails` : `No decision of ${count(verdict.leads)} leads changes`;
  return html`<section class="card between" aria-label="Verdict"><div><span class="pill large ${blocked ? 'bad' : unproved ? 'wait' : changed ? 'move' : 'good'}">${blocked ? '✗ Blocked' : unproved ? '⚠ Unproved' : changed ? '~ Review' : '✓ Safe'}</span> <b>${said}.</b></div>
    <span class="soft small">${replay.base.said} <span class="mono">${short(replay.base.hash)}</span> → ${replay.candidate.said} <span class="mono">${short(replay.candidate.hash)}</span> · ${replay.over}</span></section>`;
}

/** Differences of the rules that are the cause of no change here. */
function unseen(verdict) {
  const key = (one) => [one.kind, one.file, one.line, one.rule, one.before, one.after].join(' ');
  const seen = new Set(verdict.groups.flatMap((group) => group.causes).map(key));
  return verdict.differences.filter((one) => !seen.has(key(one)));
}

function silent(all) {
  return html`<section class="card" aria-label="What no lead shows"><h2>No lead shows what these do <span class="pill wait">${count(all.length)}</span></h2>
    <ul class="list">${all.map((one) => html`<li class="small">${cause(one)}</li>`)}</ul></section>`;
}

const cause = (one) => html`<b>${one.rule ?? one.kind}</b> ${place(one.file, one.line)} ${one.kind === 'rule_added' ? 'new' : one.kind === 'rule_removed' ? 'removed' : html`<code>${one.before}</code> → <code>${one.after}</code>`}`;

function tile(word, one, verdict, query, set) {
  const number = verdict.counts[word];
  const part = verdict.leads ? ((number / verdict.leads) * 100).toFixed(1) + ' %' : '';
  const on = query.change === word;
  return html`<button class="tile ${number ? one.look : ''}" aria-pressed=${on} ?disabled=${word === 'same'} @click=${() => set({ change: on ? '' : word })}>
    <span class="name">${one.sign} ${one.name}</span><b>${count(number)}</b><span class="small soft">${part}</span></button>`;
}

/** Which leads change together, and by which differences. */
export function groups(all) {
  return html`<ul class="list">${all.map((group) => html`<li><div class="between"><span><span class="pill ${CHANGES[group.change].look}">${CHANGES[group.change].sign} ${group.from} → ${group.to}</span></span><b class="num">${count(group.leads)}</b></div>
    ${group.causes.map((one) => html`<div class="small">${cause(one)}</div>`)}
    ${group.together ? html`<div class="small soft">Only together.</div>` : nothing}</li>`)}</ul>`;
}
