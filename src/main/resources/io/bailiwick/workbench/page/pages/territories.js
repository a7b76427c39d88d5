// Territories: the tree with what is ready, what blocks the others and until when, who depends on each;
// and what the audits found.

import { html, nothing } from 'lit-html';
import { note, to } from '../address.js';
import { get, post } from '../api.js';
import { clock, count, day, plain, some, until } from '../words.js';
import { ago, busy, head, trouble } from '../parts/bits.js';
import { findings } from '../parts/finding.js';
import { longlist } from '../parts/longlist.js';
import { members } from '../parts/members.js';
import { attempt } from '../parts/notices.js';
import { styled } from '../parts/styled.js';

export function page(ctx) {
  const state = { all: null, audits: null, waits: [], wrong: null, tab: ctx.query.tab ?? 'tree', chosen: ctx.id, text: ctx.query.text ?? '', only: ctx.query.only ?? '' };
  let soon = null;
  const works = members(ctx);
  const found = findings(ctx);
  const list = longlist({ name: 'Territories', columns: 'rows-tree', height: 32, draw: ctx.draw, row: leaf,
    url: ({ one }) => to('territories', one.id ?? one.name, { text: state.text, only: state.only }), chosen: ({ one }) => one === state.shown });

  async function load() {
    try {
      const [all, audits, now] = await Promise.all([get('/v1/territories'), get('/v1/audits?limit=20'), get('/v1/overview')]);
      Object.assign(state, { all, audits, waits: now.territories, wrong: null });
    } catch (failure) {
      state.wrong = failure;
    }
    ctx.draw();
  }

  const acts = {
    refresh: () => attempt(() => post('/v1/territories/refresh').then(load), 'The territories were read.'),
    audit: () => attempt(() => post('/v1/audits', {}, { Prefer: 'wait=30' }).then(found.forget).then(load), 'The audit is done.'),
    set(query) {
      Object.assign(state, query);
      note(query);
      ctx.draw();
    },
  };

  const moved = (query) => Object.assign(state, { tab: query.tab ?? 'tree', text: query.text ?? '', only: query.only ?? '' });

  load();
  return {
    title: 'Territories',
    moved,
    /** Another territory is chosen; the tree stays where it is. */
    goes(id, query) {
      state.chosen = id;
      moved(query);
    },
    changed(change) {
      if (!change.topics.some((one) => ['territories', 'audits', 'leads', 'rules'].includes(one))) return;
      soon ??= setTimeout(() => {
        soon = null;
        load();
      }, 800);
    },
    close: () => clearTimeout(soon),
    view() {
      if (state.wrong) return trouble(state.wrong);
      if (!state.all) return busy();
      const bad = state.all.territories.filter((one) => !one.ready);
      return html`${head('Territories', html`${state.all.territories.length} of the CRM and the rules, ${bad.length} not ready · ${state.all.readAt ? html`read ${ago(state.all.readAt)}` : 'not read yet'}`,
        ctx.may('analyst', 'operator') ? html`<button @click=${acts.refresh}>Read again</button><button @click=${acts.audit}>Audit now</button>` : nothing)}
        ${state.all.lastFailure ? html`<div class="banner bad" role="alert"><p><b>The last reading failed:</b> ${state.all.lastFailure}</p></div>` : nothing}
        ${state.all.permitted === 'no' ? html`<div class="banner bad" role="alert"><p><b>The API user may not manage territories.</b> Its profile needs "Manage Territories".</p></div>` : nothing}
        <nav class="tools mid tabs" aria-label="About the territories"><a class="button" href=${to('territories', state.chosen)} aria-current=${state.tab === 'tree' ? 'page' : nothing}>Tree</a>
        <a class="button" href=${to('territories', state.chosen, { tab: 'audits' })} aria-current=${state.tab === 'audits' ? 'page' : nothing}>Audits</a></nav>
        ${state.tab === 'audits' ? audits(state, found) : tree(state, acts, works, list)}`;
    },
  };
}

function tree(state, acts, works, list) {
  const { territories } = state.all;
  const rows = state.text || state.only ? listed(state) : branches(territories, state);
  state.shown = territories.find((one) => one.id === state.chosen) ?? territories.find((one) => one.name === state.chosen) ?? territories.find((one) => !one.ready) ?? territories[0];
  return html`<div class="wide-left"><section class="card flush" aria-label="Tree"><div class="tools mid pad"><label class="unseen" for="t-text">Filter by name</label>
    <input id="t-text" type="search" placeholder="Filter" .value=${state.text} @input=${(e) => acts.set({ text: e.target.value })}>
    <label class="tick"><input type="checkbox" .checked=${Boolean(state.only)} @change=${(e) => acts.set({ only: e.target.checked ? '1' : '' })}> only those not ready</label></div>
    ${rows.length ? list.view(rows) : html`<p class="empty">None is like this.</p>`}</section>
    ${state.shown ? card(state.shown, state, works) : nothing}</div>`;
}

/** By name, as they are asked for; without their places in the tree. */
function listed(state) {
  const text = state.text.toLowerCase();
  return state.all.territories.filter((one) => one.name.toLowerCase().includes(text) && (!state.only || !one.ready)).map((one) => ({ one, deep: 0, waits: waitsFor(one, state) }));
}

/** The tree as rows, each with how deep it stands. One that names itself above it, by whatever way,
 * stands at the top. */
function branches(territories, state) {
  const ids = new Set(territories.map((one) => one.id));
  const below = new Map();
  for (const one of territories) {
    const above = one.parentId && ids.has(one.parentId) ? one.parentId : '';
    below.set(above, [...(below.get(above) ?? []), one]);
  }
  const rows = [];
  const seen = new Set();
  const walk = (one, deep) => {
    if (seen.has(one)) return;
    seen.add(one);
    rows.push({ one, deep, waits: waitsFor(one, state) });
    if (one.id) for (const each of below.get(one.id) ?? []) walk(each, deep + 1);
  };
  for (const one of below.get('') ?? []) walk(one, 0);
  for (const one of territories) walk(one, 0);
  return rows;
}

const waitsFor = (one, state) => state.waits.find((each) => each.territory === one.name);

function leaf({ one, deep, waits }) {
  return html`<span ${styled({ paddingLeft: Math.min(deep, 12) * 1.3 + 'rem' })}><span class="unseen">${deep ? `level ${deep + 1}: ` : ''}</span>${one.name}</span>
    <span class="ends">${waits ? html`<span class="small soft">${some(waits.count, 'waits', 'wait')}</span>` : nothing}${one.ready ? html`<span class="pill good">ready</span>` : html`<span class="pill ${one.blockers[0] === 'propagating' ? 'wait' : 'bad'}">${plain(one.blockers[0])}</span>`}</span>`;
}

const FIX = {
  not_found: 'The rules name it and the CRM does not list it. Create it there, or change the rules.',
  inactive: 'It is not active. Activate it: Setup > Security Control > Territory Management.',
  api_disabled: 'Allow API Access is off. Tick it: Setup > Security Control > Territory Management > the territory > Edit.',
  propagating: 'It is new. It becomes ready by itself, and its leads leave then.',
  not_a_member: 'The API user is a member neither of it nor of a territory above it. Add the user to one of them.',
  not_permitted: 'The API user may not manage territories. Its profile needs "Manage Territories".',
  refused: 'Ready by every sign, yet the CRM refuses it. It is tried again with backoff.',
};

function card(one, state, works) {
  const waits = waitsFor(one, state);
  const flag = (value) => html`<span class="pill ${value === 'yes' ? 'good' : value === 'no' ? 'bad' : ''}">${value ?? 'unknown'}</span>`;
  return html`<section class="card stack" aria-label=${'Territory ' + one.name}><h2>${one.name} ${one.ready ? html`<span class="pill good">ready</span>` : html`<span class="pill bad">not ready</span>`}</h2>
    ${one.blockers.map((blocker) => html`<div><span class="pill ${blocker === 'propagating' ? 'wait' : 'bad'}">${plain(blocker)}</span> <span class="small">${FIX[blocker] ?? ''}</span></div>`)}
    ${one.readyAt ? html`<p>Lifts in <b>${until(one.readyAt)}</b>, at <time datetime=${one.readyAt}>${clock(one.readyAt)}</time>.</p>` : nothing}
    <dl class="facts">${one.id ? html`<dt>Id</dt><dd class="mono">${one.id}</dd>` : nothing}<dt>Active</dt><dd>${flag(one.active)}</dd><dt>API access</dt><dd>${flag(one.apiEnabled)}</dd><dt>API user is a member</dt><dd>${flag(one.member)}</dd>
    ${one.manager ? html`<dt>Manager</dt><dd>${one.manager}</dd>` : nothing}${one.createdAt ? html`<dt>Created</dt><dd>${day(one.createdAt)}</dd>` : nothing}${one.seenAt ? html`<dt>First seen</dt><dd>${day(one.seenAt)}</dd>` : nothing}
    <dt>Leads</dt><dd>${waits ? html`<a href=${to('leads', '', { status: 'queued', territory: one.name })}>${some(waits.count, 'waits', 'wait')}</a>, the oldest ${ago(waits.oldest)}` : 'none waits'} · <a href=${to('leads', '', { territory: one.name })}>all</a></dd></dl>
    ${works.view(one)}
    <div><h3>Rules that name it</h3>${one.rules.length ? html`<ul>${one.rules.map((rule) => ruleOf(rule))}</ul>` : html`<p class="empty">None.</p>`}</div></section>`;
}

function ruleOf(said) {
  const [, rule, file, line] = /^(.*) \(([^():]+):(\d+)\)$/.exec(said) ?? [null, said, '', ''];
  return html`<li>${rule} ${file ? html`<a class="mono small" href=${to('rules', '', { file, line })}>${file}:${line}</a>` : nothing}</li>`;
}

function audits(state, found) {
  const [last, ...before] = state.audits.audits;
  if (!last) return html`<section class="card"><p class="empty">No audit has run yet. One runs every day; Audit now runs one.</p></section>`;
  return html`<div class="stack"><section class="card" aria-label="The last audit"><h2>The last audit <span class="soft small">${ago(last.finishedAt)}, ${some(last.findings.length, 'finding')}</span></h2>
    ${last.findings.length ? html`<ul class="list">${last.findings.map((one) => html`<li class="stack">${found.view(one)}</li>`)}</ul>` : html`<p class="empty">It found nothing.</p>`}</section>
    <section class="card flush" aria-label="Audits before"><h2>Before</h2><table><thead><tr><th>When</th><th>Why</th><th class="num">Findings</th><th>Of these</th></tr></thead><tbody>
    ${before.map((one) => html`<tr><td>${day(one.finishedAt)}</td><td>${plain(one.trigger)}</td><td class="num">${one.findings.length}</td><td class="small soft">${one.findings.slice(0, 4).map((each) => plain(each.kind) + ' ' + (each.subject)).join(', ')}</td></tr>`)}</tbody></table></section></div>`;
}
