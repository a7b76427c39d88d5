// What serves, what is to serve, and what served: published and rolled back from here.

import { html, nothing } from 'lit-html';
import { to } from '../address.js';
import { drop, post } from '../api.js';
import { count, plain, short, some } from '../words.js';
import { CHANGES } from './changes.js';
import { ago } from './bits.js';
import { attempt } from './notices.js';

/** The tab of versions and candidates. */
export function versions(ctx, { standing, shadow }, acts) {
  return html`<div class="stack">${candidates(ctx, standing, acts)}${shadow ? judged(shadow, acts) : nothing}${log(ctx, standing, acts)}</div>`;
}

/** What the shadow would have done with the leads that came meanwhile. */
function judged(shadow, acts) {
  return html`<section class="card stack" aria-label="Shadow"><h2>Shadow of ${shadow.candidate} <button class="plain" @click=${acts.again}>Look again</button></h2>
    <p>${some(shadow.compared, 'lead')} judged beside what serves${shadow.skipped ? `, ${count(shadow.skipped)} spared` : ''}.</p>
    <div class="tiles">${Object.entries(CHANGES).map(([word, one]) => html`<div class="tile ${shadow.counts[word] ? one.look : ''}"><span class="name">${one.sign} ${one.name}</span><b>${count(shadow.counts[word])}</b></div>`)}</div></section>`;
}

function candidates(ctx, standing, acts) {
  return html`<section class="card" aria-label="Candidates"><h2>Candidates</h2>${standing.problem ? html`<p class="flaw">${standing.problem}</p>` : nothing}${standing.candidates.length
    ? html`<ul class="list">${standing.candidates.map((one) => candidate(ctx, standing, one, acts))}</ul>`
    : html`<p class="empty">None. A change becomes one by Submit as a candidate, or by saving a file in the folder of rules.</p>`}</section>`;
}

function candidate(ctx, standing, one, acts) {
  const waits = one.state.startsWith('waiting');
  const look = one.state === 'refused' ? 'bad' : waits ? 'move' : '';
  const shadowed = standing.shadow?.candidate === one.name;
  const shadow = () => attempt(() => post('/v1/rules/shadow', { candidate: one.name }).then(acts.again), 'It judges live leads, without consequence.');
  const end = () => attempt(() => drop('/v1/rules/shadow').then(acts.again), 'The shadow ended.');
  const told = [...one.flaws, ...one.findings.filter((each) => each.error).map((each) => each.told), ...one.failing.map((each) => `${each.place} ${each.name}: ${each.details.join('; ')}`)];
  return html`<li class="stack"><div class="between"><span><b>${one.name}</b> <span class="mono soft">${short(one.hash)}</span> <span class="pill ${look}">${one.state}</span> <span class="soft small">${ago(one.since)}</span></span>
    <span class="tools"><button @click=${() => acts.begin(one.name, 'candidate ' + one.name)}>Open</button>
    ${ctx.may('analyst', 'operator') && waits ? html`<a class="button" href=${to('replay', '', { candidate: one.name })}>Replay</a>
      ${shadowed ? html`<button @click=${end}>End the shadow</button>` : html`<button @click=${shadow}>Shadow</button>`}` : nothing}
    ${ctx.may('operator') && waits ? html`<button class="first" @click=${() => acts.publish({ candidate: one.name, hash: one.hash, said: 'candidate ' + one.name })}>Publish</button>` : nothing}</span></div>
    ${told.length ? html`<ul>${told.map((line) => html`<li><pre class="flaw">${line}</pre></li>`)}</ul>` : nothing}
    ${one.warnings.length ? html`<details><summary>${one.warnings.length} warnings</summary><ul>${one.warnings.map((line) => html`<li class="small">${line}</li>`)}</ul></details>` : nothing}</li>`;
}

function log(ctx, standing, acts) {
  return html`<section class="card flush" aria-label="Versions"><h2>What served</h2><div class="scroll"><table><thead><tr><th>Version</th><th>When</th><th>How</th><th>Who</th><th>Note</th><td></td></tr></thead><tbody>
    ${standing.versions.map((one, i) => html`<tr><td class="mono">${short(one.hash)} ${i === 0 ? html`<span class="pill good">serves</span>` : nothing}</td><td>${ago(one.at)}</td><td>${plain(one.how)}</td><td>${one.who ?? ''}</td><td>${one.note ?? ''}</td>
    <td class="num nowrap"><button class="plain" @click=${() => acts.begin(one.hash, 'version ' + short(one.hash))}>Open</button>
    ${ctx.may('operator') && one.hash !== standing.serving ? html`<button class="plain" @click=${() => acts.publish({ hash: one.hash, said: 'version ' + short(one.hash) })}>Roll back to it</button>` : nothing}</td></tr>`)}</tbody></table></div></section>`;
}
