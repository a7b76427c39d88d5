// Leads: all of them, newest first, by filters that stand in the URL and are answered by the service.

import { html, nothing } from 'lit-html';
import { go, note, to } from '../address.js';
import { asking, get, post } from '../api.js';
import { age, day, plain, some } from '../words.js';
import { head, reason, status, trouble } from '../parts/bits.js';
import { longlist } from '../parts/longlist.js';

const PAGE = 100;
const STATUSES = ['', 'accepted', 'decided', 'sending', 'queued', 'assigned', 'parked', 'superseded', 'erased'];
const REASONS = ['', 'territory_not_ready', 'no_match', 'ambiguous', 'rule_error', 'crm_unavailable', 'crm_paused', 'by_rule',
  'territory_refused', 'attempts_exhausted', 'rejected', 'record_gone', 'changed_by_hand', 'judge_timeout', 'internal', 'closed'];
const WORDS = ['status', 'reason', 'blocker', 'territory', 'rule', 'source', 'crm_id', 'older_than', 'newer_than'];

export function page(ctx) {
  let query = ctx.query;
  let leads = [];
  let next = null;
  let wrong = null;
  let loading = false;
  let turn = 0;
  let soon = null;
  let stale = false;
  let territories = [];
  let mail = null;

  const byMails = ctx.may('analyst', 'operator');
  const list = longlist({ name: 'Leads', columns: 'rows-leads', height: 46, row, url: (lead) => to('lead', lead.id), draw: ctx.draw, more });

  async function load() {
    const mine = ++turn;
    loading = true;
    try {
      const page = await get(asking('/v1/leads', { ...pick(query), limit: PAGE }));
      if (mine !== turn) return;
      leads = page.leads;
      next = page.next;
      stale = false;
      wrong = null;
    } catch (failure) {
      if (mine !== turn) return;
      wrong = failure;
    }
    loading = false;
    ctx.draw();
  }

  async function more() {
    if (!next || loading) return;
    const mine = turn;
    loading = true;
    try {
      const page = await get(asking('/v1/leads', { ...pick(query), limit: PAGE, cursor: next }));
      if (mine !== turn) return;
      leads = [...leads, ...page.leads];
      next = page.next;
    } catch (failure) {
      wrong = failure;
    }
    loading = false;
    ctx.draw();
  }

  /** The address stands in no URL, which browsers and proxies keep. */
  async function byMail(email) {
    try {
      const found = await post('/v1/leads/search', { email });
      turn++;
      mail = email;
      leads = found.leads;
      next = null;
      wrong = null;
    } catch (failure) {
      wrong = failure;
    }
    ctx.draw();
  }

  function all() {
    mail = null;
    load();
  }

  function set(name, value) {
    query = { ...query, [name]: value };
    note(query);
    load();
  }

  function search(event) {
    event.preventDefault();
    const text = new FormData(event.target).get('lead').trim();
    if (text.includes('@')) byMail(text);
    else if (text) go('lead', text);
  }

  get('/v1/territories').then((all) => {
    territories = all.territories.map((one) => one.name);
    ctx.draw();
  }, () => {});
  load();
  return {
    title: 'Leads',
    moved(now) {
      query = now;
      all();
    },
    changed(change) {
      if (mail || !change.topics.includes('leads')) return;
      // Who has scrolled down keeps what is read; who is at the top sees what comes.
      if (leads.length > PAGE) {
        stale = true;
        ctx.draw();
      } else {
        soon ??= setTimeout(() => {
          soon = null;
          load();
        }, 500);
      }
    },
    close: () => clearTimeout(soon),
    view: () => html`${head('Leads', 'Every lead that was accepted, newest first.', html`<form @submit=${search} class="tools mid" role="search">
        <label class="unseen" for="lead-id">Lead id${byMails ? ' or mail address' : ''}</label><input id="lead-id" type="search" name="lead" placeholder=${byMails ? 'Lead id or mail address' : 'Open a lead by its id'} autocomplete="off"><button>${byMails ? 'Find' : 'Open'}</button></form>`)}
      ${wrong ? trouble(wrong) : nothing}
      <div class="stack">${mail ? html`<div class="banner"><p role="status"><b>${some(leads.length, 'lead')} of ${mail}</b>, all revisions of their records.</p><button @click=${all}>All leads</button></div>`
        : html`<section class="card" aria-label="Filters">${filters(query, set, territories)}</section>`}
      ${stale ? html`<div class="banner"><p>There is more than is shown.</p><button @click=${load}>Show the newest</button></div>` : nothing}
      <section class="card flush" aria-label="Leads"><div class="vhead rows-leads" aria-hidden="true"><span>Status</span><span>Lead</span><span>Territory</span><span>Why</span><span>Rule</span><span class="num">Age</span></div>
      ${leads.length ? list.view(leads) : html`<p class="empty" role="status">${loading ? 'Loading…' : 'No lead is like this.'}</p>`}</section>
      <p class="small soft">${leads.length}${next ? ' and more' : ''} shown${loading ? ', loading' : ''}.</p></div>`,
  };
}

const pick = (query) => Object.fromEntries(WORDS.map((word) => [word, query[word] ?? '']));

function filters(query, set, territories) {
  const choice = (name, label, options) => html`<div class="field"><label for=${'f-' + name}>${label}</label><select id=${'f-' + name} @change=${(e) => set(name, e.target.value)}>
    ${options.map((one) => html`<option value=${one} ?selected=${(query[name] ?? '') === one}>${one ? plain(one) : 'any'}</option>`)}</select></div>`;
  const text = (name, label, hint) => html`<div class="field"><label for=${'f-' + name}>${label}</label>
    <input id=${'f-' + name} .value=${query[name] ?? ''} placeholder=${hint} size="12" list=${name === 'territory' ? 'all-territories' : nothing} @change=${(e) => set(name, e.target.value.trim())}></div>`;
  const any = WORDS.some((word) => query[word]);
  return html`<div class="tools">${choice('status', 'Status', STATUSES)}${choice('reason', 'Reason', REASONS)}${text('blocker', 'Blocker', 'api_disabled')}
    ${text('territory', 'Territory', 'West Region')}${text('rule', 'Rule', 'US west')}${text('source', 'Source', 'web')}${text('crm_id', 'CRM id', '36523970')}${text('older_than', 'Unmoved for', '2h')}${text('newer_than', 'Moved within', '15m')}
    ${any ? html`<a class="button" href="#/leads">Clear</a>` : nothing}
    <datalist id="all-territories">${territories.map((name) => html`<option value=${name}></option>`)}</datalist></div>`;
}

function row(lead) {
  const who = lead.lead.company || [lead.lead.firstName, lead.lead.lastName].filter(Boolean).join(' ') || lead.lead.email || lead.crmId || lead.id;
  const hit = lead.decision?.readiness ?? lead.decision?.winner;
  return html`<span>${status(lead)}</span><span title=${who}>${who}</span><span>${lead.territory?.name ?? '—'}</span><span>${reason(lead)}</span>
    <span class="soft small">${lead.decision?.by ? 'by ' + lead.decision.by : (hit?.rule ?? '')}</span><span class="num small soft" title=${day(lead.acceptedAt)}>${age(lead.acceptedAt)}</span>`;
}
