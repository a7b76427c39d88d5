// The frame around every page: the ways, what needs a person, who asks, light or dark.

import { html, nothing } from 'lit-html';
import { count } from './words.js';

/** The pages in the order of the ways; each with its key after g. */
export const PAGES = [
  { name: 'now', file: 'now', title: 'Now', key: 'n' },
  { name: 'leads', file: 'leads', title: 'Leads', key: 'l' },
  { name: 'rules', file: 'rules', title: 'Rules', key: 'r' },
  { name: 'replay', file: 'replay', title: 'Replay', key: 'p', roles: ['analyst', 'operator'] },
  { name: 'territories', file: 'territories', title: 'Territories', key: 't' },
  { name: 'letters', file: 'letters', title: 'Dead letters', key: 'd' },
  { name: 'health', file: 'health', title: 'Settings and health', key: 's' },
  { name: 'sandbox', file: 'sandbox', title: 'Sandbox', key: 'x', demo: true },
];

const THEMES = ['system', 'light', 'dark'];

/** Light or dark as the person chose it; else as the system has it. */
export function theme(next) {
  if (next) localStorage.setItem('bailiwick.theme', next);
  const chosen = localStorage.getItem('bailiwick.theme') ?? 'system';
  if (chosen === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
  return chosen;
}

function way(one, state) {
  const number = state.counts[one.name];
  const open = state.name === one.name || (state.name === 'lead' && one.name === 'leads');
  return html`<a href=${'#/' + one.name} aria-current=${open ? 'page' : nothing}><span>${one.title}</span>
    ${number ? html`<span class="count ${one.name === 'letters' ? 'bad' : ''}">${count(number)}<span class="unseen"> waiting</span></span>` : nothing}</a>`;
}

/** The whole page with what is inside. */
export function frame(state, inside, signOut) {
  const { session } = state;
  const ways = PAGES.filter((one) => (!one.demo || session.demo) && (!one.roles || one.roles.includes(session.role)));
  const chosen = theme();
  return html`<a class="skip" href="#main" @click=${skip}>Skip to content</a>
    <header class="side">
      <a class="brand" href="#/now"><img alt="" src=${icon()}>Bailiwick</a>
      <nav class="ways" aria-label="Pages">${ways.map((one) => way(one, state))}</nav>
      <div class="foot">
        <div class="row" role="status"><span class="dot ${state.live ? 'on' : 'off'}"></span>${state.live ? 'Live' : 'Not connected'}</div>
        <div class="row">${session.access === 'open' ? 'Open access' : html`<span>${session.who} · ${session.role}</span>
          <button class="plain" @click=${signOut}>Sign out</button>`}</div>
        <div class="row"><label for="theme">Theme</label><select id="theme" @change=${(e) => theme(e.target.value)}>
          ${THEMES.map((one) => html`<option ?selected=${one === chosen}>${one}</option>`)}</select></div>
        <div class="row">${session.bailiwick}${session.demo ? ' · demo' : ''} · <kbd>?</kbd> keys</div>
      </div>
    </header>
    <main id="main" tabindex="-1">${inside}</main>
    <div id="notices" role="status" aria-live="polite"></div>`;
}

function skip(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}

const icon = () => document.querySelector('link[rel="icon"]').href;
