// Settings and health: what is in force, what the doctor sees, who may come in, who did what.

import { html, nothing } from 'lit-html';
import { note, to } from '../address.js';
import { asking, drop, get, post } from '../api.js';
import { day, plain } from '../words.js';
import { ago, busy, head, trouble } from '../parts/bits.js';
import { ask } from '../parts/dialog.js';
import { attempt } from '../parts/notices.js';

const TABS = { doctor: 'Doctor', settings: 'Settings', keys: 'Keys', activity: 'Who did what' };
const FOR_OPERATORS = ['settings', 'keys', 'activity'];

export function page(ctx) {
  const state = { tab: 'doctor', doctor: null, ready: null, settings: null, keys: null, activity: null, secret: null, wrong: null, text: ctx.query.text ?? '' };

  async function load() {
    state.wrong = null;
    try {
      if (state.tab === 'doctor') [state.doctor, state.ready] = await Promise.all([get('/v1/doctor'), get('/v1/readiness')]);
      else if (state.tab === 'settings') state.settings = (await get('/v1/settings')).settings;
      else if (state.tab === 'keys') state.keys = (await get('/v1/keys')).keys;
      else state.activity = await get('/v1/activity?limit=100');
    } catch (failure) {
      state.wrong = failure;
    }
    ctx.draw();
  }

  function moved(query) {
    const wanted = TABS[query.tab] ? query.tab : 'doctor';
    state.tab = FOR_OPERATORS.includes(wanted) && !ctx.may('operator') ? 'doctor' : wanted;
    load();
  }

  const acts = {
    load,
    async add() {
      const said = await ask({ title: 'Make a key', button: 'Make it', fields: [{ name: 'name', label: 'Name', needed: true },
        { name: 'role', label: 'Role', kind: 'select', options: ['viewer', 'analyst', 'operator', 'source'], value: 'viewer' }, { name: 'source', label: 'Source (for the role source)' }, { name: 'expires_in', label: 'Opens for (90d; empty: for good)' }] });
      if (!said) return;
      const body = Object.fromEntries(Object.entries(said).filter(([, value]) => value));
      await attempt(async () => {
        state.secret = await post('/v1/keys', body);
        await load();
      });
    },
    async rotate(key) {
      const said = await ask({ title: `Another key for ${key.name}?`, said: 'The new one opens at once, the old one for some time yet, so that nobody is shut out meanwhile.', button: 'Make it', fields: [{ name: 'grace', label: 'The old one opens for', value: '24h', needed: true }] });
      if (!said) return;
      await attempt(async () => {
        state.secret = await post(`/v1/keys/${encodeURIComponent(key.id)}/rotate`, said);
        await load();
      });
    },
    async revoke(key) {
      if (await ask({ title: `End the key ${key.name}?`, said: 'The next request with it is refused.', button: 'End it', danger: true })) attempt(() => drop('/v1/keys/' + encodeURIComponent(key.id)).then(load), 'It opens no more.');
    },
    async older() {
      const more = await get(asking('/v1/activity', { limit: 100, cursor: state.activity.next }));
      state.activity = { activity: [...state.activity.activity, ...more.activity], next: more.next };
      ctx.draw();
    },
    filter(text) {
      state.text = text;
      note({ text });
      ctx.draw();
    },
  };

  moved(ctx.query);
  return {
    title: 'Settings and health',
    moved,
    view: () => html`${head('Settings and health', 'What the service is told, how it is, who may come in and who did what.')}
      <nav class="tools mid tabs" aria-label="About the service">${Object.entries(TABS).filter(([name]) => !FOR_OPERATORS.includes(name) || ctx.may('operator')).map(([name, title]) => html`<a class="button" href=${to('health', '', { tab: name === 'doctor' ? '' : name })} aria-current=${state.tab === name ? 'page' : nothing}>${title}</a>`)}</nav>
      ${state.wrong ? trouble(state.wrong) : { doctor, settings, keys, activity }[state.tab](state, acts, ctx)}`,
  };
}

const LOOK = { ok: 'good', warn: 'wait', unknown: 'wait', fail: 'bad' };

function doctor(state, acts) {
  if (!state.doctor) return busy('Walking the checklist');
  const { doctor: seen, ready } = state;
  return html`<div class="stack"><section class="card" aria-label="Ready"><h2>Ready <span class="pill ${ready.status === 'ready' ? 'good' : 'wait'}">${ready.status}</span></h2>
    ${ready.reasons?.length ? html`<ul class="list">${ready.reasons.map((one) => html`<li><b>${plain(one.reason)}</b> <span class="soft">${one.detail}</span></li>`)}</ul>` : html`<p class="empty">Leads are accepted, and nothing is degraded.</p>`}</section>
    <section class="card flush" aria-label="Checklist"><h2>The troubleshooting checklist <span><span class="pill ${LOOK[seen.status] ?? ''}">${seen.status}</span> <button class="plain" @click=${acts.load}>Walk it again</button></span></h2>
    <div class="scroll"><table><thead><tr><th>Check</th><td></td><th>Seen</th><th>What to do</th></tr></thead><tbody>
    ${seen.lines.map((line) => html`<tr><td class="nowrap">${plain(line.check)}</td><td><span class="pill ${LOOK[line.status] ?? ''}">${line.status}</span></td><td>${line.seen}</td><td class="small soft">${line.advice ?? ''}</td></tr>`)}</tbody></table></div></section></div>`;
}

function settings(state, acts) {
  if (!state.settings) return busy();
  const shown = state.settings.filter((one) => !state.text || (one.name + one.says).toLowerCase().includes(state.text.toLowerCase()));
  return html`<section class="card flush" aria-label="Settings"><h2>In force <span class="tools mid"><label class="unseen" for="s-text">Filter</label><input id="s-text" type="search" placeholder="Filter" .value=${state.text} @input=${(e) => acts.filter(e.target.value)}></span></h2>
    <div class="scroll"><table><thead><tr><th>Setting</th><th>Value</th><th>Default</th><th>What</th></tr></thead><tbody>
    ${shown.map((one) => html`<tr><td class="mono nowrap">${one.name}</td><td class="mono">${one.secret ? html`<span class="pill">${one.set ? 'a secret is set' : 'not set'}</span>` : one.set ? html`<b>${one.value}</b>` : (one.value ?? '')}</td><td class="mono soft">${one.default ?? ''}</td><td class="small">${one.says}</td></tr>`)}</tbody></table></div></section>`;
}

function keys(state, acts, ctx) {
  if (!state.keys) return busy();
  return html`<div class="stack">${ctx.session.access === 'open' ? html`<div class="banner"><p>Access is open: whoever reaches this port may do all. Keys are asked for with <code>http.access: keys</code>.</p></div>` : nothing}
    ${state.secret ? html`<div class="banner"><div><b>The key of ${state.secret.name}, said this once:</b> <code>${state.secret.secret}</code></div><button @click=${() => ((state.secret = null), acts.load())}>I have kept it</button></div>` : nothing}
    <section class="card flush" aria-label="Keys"><h2>Keys <button @click=${acts.add}>Make a key</button></h2>${state.keys.length ? html`<div class="scroll"><table><thead><tr><th>Name</th><th>Role</th><th>Source</th><th>Made</th><th>Opens until</th><th>Last used</th><td></td></tr></thead><tbody>
    ${state.keys.map((key) => html`<tr><td>${key.name}</td><td>${key.role}</td><td>${key.source ?? ''}</td><td>${ago(key.created_at)}</td><td>${!key.live ? html`<span class="pill bad">ended</span>` : key.ends_at ? day(key.ends_at) : 'for good'}</td><td>${key.last_used_at ? ago(key.last_used_at) : 'never'}</td>
    <td class="num">${!key.live ? nothing : html`<button class="plain" aria-label=${'Another key for ' + key.name} @click=${() => acts.rotate(key)}>Rotate</button><button class="plain" aria-label=${'End the key ' + key.name} @click=${() => acts.revoke(key)}>End</button>`}</td></tr>`)}</tbody></table></div>` : html`<p class="empty pad">None yet.</p>`}</section>
    <section class="card" aria-label="Roles"><h2>Roles</h2><dl class="facts">${ROLES.map(([role, may]) => html`<dt>${role}</dt><dd>${may}</dd>`)}</dl></section></div>`;
}

const ROLES = [
  ['source', 'Posts leads and sees its own; of another\'s lead not even that there is one.'],
  ['viewer', 'Sees everything but who a lead is: personal values are masked.'],
  ['analyst', 'Sees leads, decides without recording, brings candidates, runs them in shadow, reads the territories again, runs the audit.'],
  ['operator', 'Does all, publishing and keys included. Where four eyes are asked for, whoever brought a candidate may not publish it.'],
];

function activity(state, acts) {
  if (!state.activity) return busy();
  const all = state.activity.activity;
  return html`<section class="card flush" aria-label="Who did what"><h2>Who did what <span class="soft small">a record that nobody can alter</span></h2>${all.length ? html`<div class="scroll"><table><thead><tr><th>When</th><th>Who</th><th>Role</th><th>What</th><th>Where</th><th class="num">Answer</th></tr></thead><tbody>
    ${all.map((one) => html`<tr><td class="nowrap">${day(one.at)}</td><td>${one.who}</td><td>${one.role}</td><td class="mono">${one.route}</td><td class="mono small">${one.path}</td><td class="num">${one.status ?? ''}</td></tr>`)}</tbody></table></div>` : html`<p class="empty pad">Nothing yet.</p>`}
    ${state.activity.next ? html`<div class="pad"><button @click=${acts.older}>Older</button></div>` : nothing}</section>`;
}
