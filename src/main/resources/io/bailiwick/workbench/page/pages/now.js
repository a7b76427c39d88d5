// Now: what needs a person first, then what waits and why, and how the day went.

import { html, nothing } from 'lit-html';
import { to } from '../address.js';
import { get, post } from '../api.js';
import { age, count, plain, short, some, until } from '../words.js';
import { ago, busy, head, trouble } from '../parts/bits.js';
import { ask } from '../parts/dialog.js';
import { attempt } from '../parts/notices.js';
import { bar, sparkline, steps } from '../parts/sparkline.js';

export function page(ctx) {
  let now = null;
  let wrong = null;
  let soon = null;

  async function load() {
    try {
      now = await get('/v1/overview');
      wrong = null;
    } catch (failure) {
      wrong = failure;
    }
    ctx.draw();
  }

  async function pause() {
    const said = await ask({ title: 'Pause sending?', said: 'Leads go on being accepted and judged; nothing is sent to the CRM until sending is resumed.',
      fields: [{ name: 'why', label: 'Why (goes into the record)' }], button: 'Pause sending', danger: true });
    if (said) attempt(() => post('/v1/pause', said).then(load), 'Sending is paused.');
  }

  load();
  return {
    title: 'Now',
    view: () => (wrong ? trouble(wrong) : now ? view(now, ctx, { pause, load }) : busy()),
    changed() {
      soon ??= setTimeout(() => {
        soon = null;
        load();
      }, 600);
    },
    close: () => clearTimeout(soon),
  };
}

function view(now, ctx, acts) {
  const resume = () => attempt(() => post('/v1/resume').then(acts.load), 'Sending goes on.');
  const operator = ctx.may('operator');
  return html`${head('Now', 'How all stands, and what needs a person.', operator && !now.paused ? html`<button @click=${acts.pause}>Pause sending</button>` : nothing)}
    ${now.paused ? html`<div class="banner" role="alert"><p><b>Sending is paused</b> since ${ago(now.paused.since)}${now.paused.who ? ' by ' + now.paused.who : ''}${now.paused.why ? ': ' + now.paused.why : ''}. Leads are accepted and wait.</p>
      ${operator ? html`<button class="first" @click=${resume}>Resume</button>` : nothing}</div>` : nothing}
    <div class="stack">${needs(now)}${tiles(now)}
    <div class="wide-left"><div class="stack">${waits(now)}</div><div class="stack">${house(now)}${rules(now)}</div></div></div>`;
}

function tiles(now) {
  const sum = (kind) => steps(now, kind).reduce((all, one) => all + one, 0);
  const one = (kind, name, look, href) => html`<a class="tile ${sum(kind) ? look : ''}" href=${href}><span class="name">${name}</span><b>${count(sum(kind))}</b>
    ${sparkline(steps(now, kind), `${name} in the last 24 hours, by quarters of an hour`)}</a>`;
  const full = Date.parse(now.at) - Date.parse(now.day.since) > 86_000_000;
  return html`<section aria-label="The last day"><div class="tiles">
    ${one('accepted', 'Accepted', '', to('leads'))}${one('decided', 'Decided', 'move', to('rules', '', { tab: 'ways' }))}${one('assigned', 'Assigned', 'good', to('leads', '', { status: 'assigned' }))}
    ${one('queued', 'Queued', 'wait', to('leads', '', { status: 'queued' }))}${one('parked', 'Parked', 'bad', to('letters'))}</div>
    <p class="small soft">${full ? 'In the last 24 hours' : html`Since this process began, ${ago(now.day.since)}`}.</p></section>`;
}

/** What nobody but a person can end, the gravest first. */
function needs(now) {
  const all = [];
  const parked = now.parked.reduce((sum, one) => sum + one.count, 0);
  if (!now.gate.open) all.push({ look: 'bad', what: 'The CRM gate is shut', said: now.gate.why + ', opens in ' + until(now.gate.shutUntil) });
  if (now.territoriesFailure) all.push({ look: 'bad', what: 'The territories cannot be read', said: now.territoriesFailure, href: to('territories') });
  if (parked) all.push({ look: 'bad', what: some(parked, 'dead letter'), said: now.parked.map((one) => `${one.count} ${plain(one.reason)}`).join(', '), href: to('letters') });
  for (const one of now.rules.candidates.filter((each) => each.state === 'refused')) all.push({ look: 'bad', what: `Candidate ${one.name} is refused`, said: one.objection, href: to('rules', '', { candidate: one.name }) });
  for (const one of now.rules.candidates.filter((each) => each.state.startsWith('waiting'))) all.push({ look: 'move', what: `Candidate ${one.name} waits for approval`, said: short(one.hash), href: to('replay', '', { candidate: one.name }) });
  for (const one of now.overdue) all.push({ look: 'wait', what: `${some(one.count, 'lead')} past the limit ${one.limit}`, said: 'the first since ' + age(one.since), href: to('lead', one.lead) });
  for (const one of now.territories.filter((each) => each.blocker !== 'propagating')) all.push({ look: 'wait', what: `${some(one.count, 'lead')} ${one.count === 1 ? 'waits' : 'wait'} for ${one.territory}`, said: plain(one.blocker) + ', the oldest since ' + age(one.oldest), href: to('territories', one.territory) });
  for (const one of now.alarms.filter((each) => each.kind !== 'drift')) all.push({ look: 'bad', what: plain(one.kind) + (one.subject ? ': ' + one.subject : ''), said: one.detail });
  return html`<section class="card" aria-label="What needs a person"><h2>What needs a person</h2>${all.length
    ? html`<ul class="list">${all.map((one) => html`<li><div class="between"><div><span class="pill ${one.look}">${one.what}</span>
      <span class="soft small">${one.said}</span></div>${one.href ? html`<a href=${one.href} aria-label=${'Open: ' + one.what}>Open</a>` : nothing}</div></li>`)}</ul>`
    : html`<p class="empty">Nothing. What waits moves on by itself.</p>`}</section>`;
}

function waits(now) {
  const queued = now.waiting.filter((one) => one.status === 'queued');
  const moving = now.waiting.filter((one) => one.status !== 'queued');
  const most = Math.max(1, ...queued.map((one) => one.count), ...now.territories.map((one) => one.count));
  return html`<section class="card" aria-label="What waits"><h2>What waits</h2>
    ${now.waiting.length === 0 ? html`<p class="empty">Nothing waits.</p>` : html`<div class="scroll"><table><thead><tr><th>Why</th><th class="num">Leads</th><td></td><th class="num">Oldest</th></tr></thead><tbody>
    ${queued.map((one) => line(plain(one.reason), one, most, to('leads', '', { status: 'queued', reason: one.reason })))}
    ${moving.map((one) => line(one.status, one, most, to('leads', '', { status: one.status })))}</tbody></table></div>`}
    ${now.territories.length ? html`<h3>By territory that is not ready</h3><div class="scroll"><table><thead><tr><th>Territory</th><th>Blocker</th><th class="num">Leads</th><td></td><th class="num">Oldest</th></tr></thead><tbody>
    ${now.territories.map((one) => html`<tr><td><a href=${to('leads', '', { status: 'queued', territory: one.territory })}>${one.territory}</a></td><td>${plain(one.blocker)}</td><td class="num">${count(one.count)}</td><td>${bar(one.count, most)}</td><td class="num nowrap">${age(one.oldest)}</td></tr>`)}</tbody></table></div>` : nothing}</section>`;
}

const line = (name, one, most, href) => html`<tr><td><a href=${href}>${name}</a></td><td class="num">${count(one.count)}</td><td>${bar(one.count, most)}</td>
  <td class="num nowrap"><a href=${to('lead', one.lead)} aria-label=${'The oldest, ' + name}>${age(one.oldest)}</a></td></tr>`;

function house(now) {
  return html`<section class="card" aria-label="The house"><h2>The house</h2><dl class="facts">
    <dt>CRM gate</dt><dd>${now.gate.open ? html`<span class="pill good">open</span>` : html`<span class="pill bad">shut</span>`} <span class="small soft">${now.gate.calls} of ${now.gate.limit} calls under way${now.gate.waiting ? `, ${now.gate.waiting} wait` : ''}</span></dd>
    <dt>Credits</dt><dd>${count(now.gate.credits)} in 24 h</dd>
    <dt>Territories</dt><dd>${now.territoriesReadAt ? html`read ${ago(now.territoriesReadAt)}` : 'not read yet'}</dd>
    <dt>Last audit</dt><dd>${now.audit ? html`<a href=${to('territories', '', { tab: 'audits' })}>${some(now.audit.findings, 'finding')}</a>, ${ago(now.audit.at)}` : 'none yet'}</dd>
    <dt>Rulebook</dt><dd><a class="mono" href="#/rules">${short(now.rules.serving)}</a>, ${now.rules.how}, ${ago(now.rules.since)}${now.rules.who ? ' by ' + now.rules.who : ''}</dd></dl></section>`;
}

function rules(now) {
  const ways = now.day.ways.slice(0, 10);
  return html`<section class="card" aria-label="By rule"><h2>By rule <a class="small" href="#/rules">All rules</a></h2>${ways.length
    ? html`<table><thead><tr><th>Rule</th><th>To</th><th class="num">Leads</th></tr></thead><tbody>${ways.map((one) => html`<tr><td><a href=${to('rules', '', { file: one.file, line: one.line })}>${one.rule}</a></td>
      <td>${one.territory || html`<span class="soft">queue</span>`}</td><td class="num">${count(one.count)}</td></tr>`)}</tbody></table>` : html`<p class="empty">No lead was judged yet.</p>`}</section>`;
}
