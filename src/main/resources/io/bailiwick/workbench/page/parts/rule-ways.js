// Where each rule sends how many leads.

import { html, nothing } from 'lit-html';
import { to } from '../address.js';
import { count } from '../words.js';
import { bar } from './sparkline.js';

/** The tab of it: the rules that serve, those that settled most first. */
export function ways(state) {
  const known = [...new Map(state.standing.rules.map((rule) => [rule.rule, rule])).values()];
  const sums = new Map();
  for (const way of state.ways) sums.set(way.rule, [...(sums.get(way.rule) ?? []), way]);
  const total = (rule) => (sums.get(rule.rule) ?? []).reduce((sum, way) => sum + way.count, 0);
  const most = Math.max(1, ...known.map(total));
  return html`<section class="card flush" aria-label="Where leads go"><h2>Where each rule sends how many leads <span class="soft small">of the last day, by the rules that serve</span></h2><div class="scroll"><table><thead><tr><th>Rule</th><th>Place</th><th class="num">Salience</th><th>To</th><th class="num">Leads</th><td></td></tr></thead><tbody>
    ${known.sort((a, b) => total(b) - total(a)).map((rule) => html`<tr><td>${rule.rule}</td><td><a class="mono" href=${to('rules', '', { file: rule.file, line: rule.line })}>${rule.file}:${rule.line}</a></td><td class="num">${rule.salience}</td>
      <td>${(sums.get(rule.rule) ?? []).map((way) => html`<div>${way.territory || 'queue'} <span class="soft">${count(way.count)}</span></div>`)}${sums.has(rule.rule) ? nothing : html`<span class="soft">${rule.territory ?? ''}</span>`}</td>
      <td class="num">${total(rule) ? html`<a href=${to('leads', '', { rule: rule.rule })}>${count(total(rule))}</a>` : html`<span class="soft">0</span>`}</td><td class="wide">${bar(total(rule), most)}</td></tr>`)}</tbody></table></div></section>`;
}
