// What rules made of a lead: the decision in a sentence, the winner, who lost and why, and each rule's
// conditions with what the lead has instead. The same view for a lead's story, a what-if and a replay.

import { html, nothing } from 'lit-html';
import { count, day, plain, short } from '../words.js';
import { place } from './bits.js';

/** Where it goes, or why it waits. */
export function outcome(decision) {
  if (decision.action === 'assign') return html`<span class="pill good large">assign</span> <b>${decision.territory.name}</b>`;
  if (decision.action === 'give_up') return html`<span class="pill bad large">given up</span> ${decision.detail ?? ''}`;
  return html`<span class="pill wait large">queue</span> <b>${plain(decision.reason)}${decision.blocker ? ': ' + plain(decision.blocker) : ''}</b>
    ${decision.territory ? html`<span class="soft">for ${decision.territory.name}</span>` : nothing}`;
}

const hit = (rule) => html`<b>${rule.rule}</b> ${place(rule.file, rule.line)} <span class="soft small">salience ${rule.salience}</span>`;

/** The decision with its receipt. */
export function receipt(decision, whole = true) {
  return html`<div class="stack"><p>${outcome(decision)}</p>
    <dl class="facts">
    ${decision.by ? html`<dt>Decided by</dt><dd>${decision.by}, by hand</dd>` : nothing}
    ${decision.winner ? html`<dt>Won</dt><dd>${hit(decision.winner)}</dd>` : nothing}
    ${decision.readiness ? html`<dt>Kept back by</dt><dd>${hit(decision.readiness)}</dd>` : nothing}
    ${decision.blockers?.length ? html`<dt>Blockers</dt><dd>${decision.blockers.map(plain).join(', ')}</dd>` : nothing}
    ${decision.runnersUp?.length ? html`<dt>Lost</dt><dd><ul>${decision.runnersUp.map((one) => html`<li>${hit(one.hit)} <span class="soft">→ ${one.hit.territory ?? 'queue'}; ${one.why}</span></li>`)}</ul></dd>` : nothing}
    ${decision.detail ? html`<dt>Said</dt><dd>${decision.detail}</dd>` : nothing}
    ${whole ? html`<dt>Decided</dt><dd>${day(decision.decidedAt)}</dd>
      <dt>Rulebook</dt><dd class="mono">${short(decision.rulebook)}</dd><dt>Territories</dt><dd class="mono">${short(decision.snapshot)}</dd>
      ${decision.leadDigest ? html`<dt>Lead as judged</dt><dd class="mono">${short(decision.leadDigest)}</dd>` : nothing}
      ${decision.drools ? html`<dt>Made by</dt><dd>Bailiwick ${decision.bailiwick}, Drools ${decision.drools}</dd>` : nothing}` : nothing}</dl></div>`;
}

/** One rule's conditions, each held or not, with what the lead has. */
export const checklist = (rule) => html`<ul class="checks">${rule.conditions.map((one) => html`<li class=${one.holds ? 'yes' : 'no'}><span>
  <span class="unseen">${one.holds ? 'holds:' : 'fails:'}</span><code>${one.text}</code>${one.actual ? html` <span class="soft">— ${one.actual}</span>` : nothing}</span></li>`)}</ul>`;

const block = (rule) => html`<div class="rule"><div class="between"><span>${hit(rule)}</span>
  <span class="soft small">${rule.territory ? '→ ' + rule.territory : ''} ${rule.passed} of ${rule.conditions.length}</span></div>${checklist(rule)}</div>`;

/** The rules that matched and those that came nearest; the others behind a fold. */
export function rules(all, name) {
  const matched = all.filter((rule) => rule.matches);
  const missed = all.filter((rule) => !rule.matches).sort((a, b) => a.conditions.length - a.passed - (b.conditions.length - b.passed) || b.passed - a.passed);
  const near = missed.filter((rule) => rule.passed > 0).slice(0, 3);
  const rest = missed.filter((rule) => !near.includes(rule));
  return html`<div class="stack"><section aria-label=${name + ': matched'}><h3>Matched</h3>${matched.length ? matched.map(block) : html`<p class="empty">No rule.</p>`}</section>
    ${near.length ? html`<section aria-label=${name + ': came near'}><h3>Came near</h3>${near.map(block)}</section>` : nothing}
    ${rest.length ? html`<details><summary>${count(rest.length)} other rules</summary>${rest.map(block)}</details>` : nothing}</div>`;
}

/** Why not there: the rules that could send it there, and the one change that would. */
export function whyNot(not) {
  if (not.goesThere) return html`<p><span class="pill good">It goes there.</span></p>`;
  return html`<div class="stack">${not.flips.length
    ? html`<div><h3>One change would do</h3><ul class="list">${not.flips.map((one) => html`<li><b>${one.field}</b> ${one.to ?? 'none'} <span class="soft">in place of ${one.from ?? 'none'}</span> → ${one.then}</li>`)}</ul></div>`
    : html`<p class="soft">No single change of one field would send it there.</p>`}
    <div><h3>Rules that send leads there</h3>${not.rules.length ? not.rules.map(block) : html`<p class="empty">No rule sends a lead there.</p>`}</div></div>`;
}
