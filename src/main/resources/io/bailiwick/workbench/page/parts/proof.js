// What is proved of a change and what is not: guardrails, fixtures, the rules' coverage, mutants.

import { html, nothing } from 'lit-html';
import { count } from '../words.js';
import { place } from './bits.js';
import { bar } from './sparkline.js';
import { suggested } from './suggest.js';

/** may: whether suggested fixtures can be added. */
export function proof(replay, may) {
  const { verdict } = replay;
  const { fixtures } = verdict;
  const failing = fixtures.cases.filter((one) => one.outcome !== 'pass');
  return html`<div class="pair"><section class="card" aria-label="Guardrails"><h2>Guardrails</h2>${verdict.guardrails.length
    ? html`<ul class="checks">${verdict.guardrails.map((one) => html`<li class=${one.kept ? 'yes' : 'no'}><span><span class="unseen">${one.kept ? 'kept:' : 'not kept:'}</span>${one.told}</span></li>`)}</ul>`
    : html`<p class="empty">None: rules/guardrails.yaml sets them.</p>`}</section>
    <section class="card" aria-label="Expectations"><h2>Expectations</h2><p><b>${count(fixtures.totals.pass)}</b> of ${count(fixtures.cases.length)} fixtures come out as expected.</p>
    ${failing.length ? html`<ul class="list">${failing.map((one) => html`<li><span class="pill bad">✗ ${one.outcome}</span> <b>${one.name}</b> <span class="mono small soft">${one.place}</span><ul>${one.details.map((line) => html`<li class="small">${line}</li>`)}</ul></li>`)}</ul>` : nothing}</section></div>
    ${coverage(verdict)}${verdict.mutation ? mutation(replay, may) : nothing}`;
}

function coverage(verdict) {
  const never = new Set(verdict.fixtures.rules.neverFired.map((one) => one.rule));
  const most = Math.max(1, ...verdict.rules.map((one) => Math.max(one.before, one.after)));
  const sorted = [...verdict.rules].sort((a, b) => never.has(b.rule) - never.has(a.rule) || Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || b.after - a.after);
  return html`<section class="card flush" aria-label="Coverage"><h2>Coverage <span class="soft small">how many of these leads each rule settled</span></h2><div class="scroll"><table><thead><tr><th>Rule</th><th>Place</th><th class="num">Base</th><th class="num">Candidate</th><td></td><td></td></tr></thead><tbody>
    ${sorted.map((one) => html`<tr><td>${one.rule}</td><td>${place(one.file, one.line)}</td><td class="num">${count(one.before)}</td><td class="num">${count(one.after)}</td><td>${bar(one.after, most)}</td>
    <td class="nowrap">${never.has(one.rule) ? html`<span class="pill bad">fired by no fixture</span>` : one.after !== one.before ? html`<span class="pill move">${one.after > one.before ? '+' : ''}${one.after - one.before}</span>` : nothing}</td></tr>`)}</tbody></table></div></section>`;
}

function mutation(replay, may) {
  const score = replay.verdict.mutation;
  const undecided = score.conditions.filter((one) => !one.passing.length || !one.failing.length);
  return html`<div class="pair"><section class="card" aria-label="Surviving mutants"><h2>Surviving mutants <span class="soft small">${score.percent.toFixed(1)} % of ${count(score.mutants)} are noticed</span></h2>${score.survivors.length
    ? html`<ul class="list most" tabindex="0" role="list" aria-label="Mutants">${score.survivors.slice(0, 60).map((one) => html`<li><b>${one.rule}</b> <span class="mono small soft">${one.place}</span><div class="small"><span class="pill wait">${one.kind}</span> <code>${one.change}</code></div></li>`)}</ul>`
    : html`<p class="empty">None: every small mistake in the rules is noticed by a fixture.</p>`}
    ${undecided.length ? html`<details><summary>${count(undecided.length)} conditions no fixture both passes and fails</summary><ul>${undecided.map((one) => html`<li class="small"><b>${one.rule}</b> <code>${one.text}</code></li>`)}</ul></details>` : nothing}</section>
    ${suggested(replay, may)}</div>`;
}
