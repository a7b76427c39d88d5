// Dead letters: what waits for a person; counted first, then let go at a pace, followed live, stopped.

import { html, nothing } from 'lit-html';
import { note, to } from '../address.js';
import { asking, get, post } from '../api.js';
import { age, count, plain, some, span } from '../words.js';
import { ago, busy, head, trouble } from '../parts/bits.js';
import { longlist } from '../parts/longlist.js';
import { attempt } from '../parts/notices.js';

const PAGE = 100;
const PARKED = ['', 'territory_refused', 'attempts_exhausted', 'rejected', 'record_gone', 'changed_by_hand', 'judge_timeout', 'internal'];
const QUEUED = ['', 'territory_not_ready', 'no_match', 'ambiguous', 'rule_error', 'crm_unavailable', 'crm_paused', 'by_rule'];

export function page(ctx) {
  const state = { filter: pick(ctx.query), leads: null, next: null, jobs: [], counted: null, wrong: null };
  let soon = null;
  let turn = 0;
  let loading = false;
  const list = longlist({ name: 'Leads of the filter', columns: 'rows-leads', height: 44, row, url: (lead) => to('lead', lead.id), draw: ctx.draw, more });
  const asked = (cursor) => asking('/v1/leads', { ...state.filter, limit: PAGE, cursor });

  async function load() {
    const mine = ++turn;
    try {
      const [leads, jobs] = await Promise.all([get(asked()), get('/v1/jobs')]);
      if (mine !== turn) return;
      Object.assign(state, { leads: leads.leads.filter(alive), next: leads.next, jobs: jobs.jobs, wrong: null });
    } catch (failure) {
      if (mine === turn) state.wrong = failure;
    }
    ctx.draw();
  }

  /** What a person closed is no dead letter any more. */
  const alive = (lead) => lead.reason !== 'closed';

  async function more() {
    if (!state.next || loading) return;
    loading = true;
    const mine = turn;
    try {
      const page = await get(asked(state.next));
      if (mine === turn) Object.assign(state, { leads: [...state.leads, ...page.leads.filter(alive)], next: page.next });
    } catch (failure) {
      state.wrong = failure;
    }
    loading = false;
    ctx.draw();
  }

  function set(name, value) {
    state.filter = { ...state.filter, [name]: value };
    if (name === 'status') Object.assign(state.filter, { reason: '', blocker: '' });
    state.counted = null;
    note(state.filter);
    load();
  }

  const filter = () => Object.fromEntries(Object.entries(state.filter).filter(([, value]) => value));
  const wish = (form) => ({ filter: filter(), action: form.get('action'), per_second: Number(form.get('pace')) || 10,
    ...(form.get('why') ? { why: form.get('why') } : {}), ...(form.get('who') ? { who: form.get('who') } : {}) });

  async function preview(event) {
    event.preventDefault();
    const body = wish(new FormData(event.target));
    await attempt(async () => {
      state.counted = { ...(await post('/v1/retries', { ...body, dry_run: true })), body };
      ctx.draw();
    });
  }

  async function begin() {
    const { body } = state.counted;
    if (await attempt(() => post('/v1/retries', body), 'It is under way; stop it whenever you like.')) {
      state.counted = null;
      load();
    }
  }

  const change = (job, what) => attempt(() => post(`/v1/jobs/${encodeURIComponent(job.id)}/${what}`).then(load), what === 'stop' ? 'It is stopped; no lead is left half way.' : 'It goes on.');

  load();
  return {
    title: 'Dead letters',
    changed(change) {
      if (!change.topics.some((one) => ['leads', 'jobs'].includes(one))) return;
      soon ??= setTimeout(() => {
        soon = null;
        load();
      }, 500);
    },
    close: () => clearTimeout(soon),
    view: () => html`${head('Dead letters', 'What no time will settle: a person looks, then lets them go at a pace that the CRM bears.')}
      ${state.wrong ? trouble(state.wrong) : nothing}
      <div class="stack">${jobs(state.jobs, ctx, change)}
      <section class="card stack" aria-label="Which leads">${filters(state.filter, set)}
      ${ctx.may('operator') ? retry(state, preview, begin, ctx) : nothing}</section>
      <section class="card flush" aria-label="Leads of the filter"><div class="vhead rows-leads" aria-hidden="true"><span>Status</span><span>Lead</span><span>Territory</span><span>Why</span><span>Attempts</span><span class="num">Age</span></div>
      ${state.leads === null ? busy() : state.leads.length ? list.view(state.leads) : html`<p class="empty">None. ${state.filter.status === 'parked' ? 'Nobody needs to do anything.' : ''}</p>`}</section></div>`,
  };
}

const pick = (query) => ({ status: query.status === 'queued' ? 'queued' : 'parked', reason: query.reason ?? '', blocker: query.blocker ?? '', territory: query.territory ?? '', rule: query.rule ?? '', older_than: query.older_than ?? '' });

function filters(filter, set) {
  const choice = (name, label, options) => html`<div class="field"><label for=${'d-' + name}>${label}</label><select id=${'d-' + name} @change=${(e) => set(name, e.target.value)}>
    ${options.map((one) => html`<option value=${one} ?selected=${filter[name] === one}>${one ? plain(one) : 'any'}</option>`)}</select></div>`;
  const text = (name, label, hint) => html`<div class="field"><label for=${'d-' + name}>${label}</label><input id=${'d-' + name} size="13" .value=${filter[name]} placeholder=${hint} @change=${(e) => set(name, e.target.value.trim())}></div>`;
  return html`<div class="tools">${choice('status', 'Status', ['parked', 'queued'])}${choice('reason', 'Reason', filter.status === 'parked' ? PARKED : QUEUED)}
    ${filter.status === 'queued' ? text('blocker', 'Blocker', 'api_disabled') : nothing}${text('territory', 'Territory', 'West Region')}${text('rule', 'Rule', 'US west')}${text('older_than', 'Unmoved for', '30m')}</div>`;
}

function retry(state, preview, begin, ctx) {
  const { counted } = state;
  return html`<form class="tools" @submit=${preview}>
    <div class="field"><label for="d-action">Then</label><select id="d-action" name="action"><option value="retry">retry: send the same decision</option><option value="decide">re-decide: ask the rules again</option></select></div>
    <div class="field"><label for="d-pace">Leads a second</label><input id="d-pace" name="pace" type="number" min="1" max="1000" value="10"></div>
    ${ctx.session.access === 'open' ? html`<div class="field"><label for="d-who">Who you are</label><input id="d-who" name="who" size="10"></div>` : nothing}
    <div class="field"><label for="d-why">Why</label><input id="d-why" name="why" size="18"></div>
    <button>Count them</button></form>
    ${counted ? html`<div class="banner"><p role="status"><b>${some(counted.total, 'lead')}</b> would be let go, over ${span(counted.seconds * 1000)}.</p>
      <button class="first" ?disabled=${!counted.total} @click=${begin}>Let them go</button></div>` : nothing}`;
}

function jobs(all, ctx, change) {
  const shown = all.filter((one) => ['retry', 'decide', 'realign', 'undo'].includes(one.action)).slice(0, 6);
  if (!shown.length) return nothing;
  return html`<section class="card" aria-label="Under way"><h2>Jobs</h2><ul class="list">${shown.map((job) => html`<li class="stack"><div class="between"><span><b>${job.action}</b> <span class="soft small">${Object.entries(job.filter).map(([name, value]) => `${name} ${plain(String(value))}`).join(', ')} · ${job.per_second} a second</span></span>
    <span class="tools mid"><span class="pill ${job.state === 'done' ? 'good' : job.state === 'running' ? 'move' : 'wait'}">${job.state}</span>
    ${ctx.may('operator') && job.state === 'running' ? html`<button class="danger" @click=${() => change(job, 'stop')}>Stop</button>` : nothing}
    ${ctx.may('operator') && job.state === 'stopped' ? html`<button @click=${() => change(job, 'resume')}>Go on</button>` : nothing}</span></div>
    <progress class="progress" max=${Math.max(1, job.total)} value=${job.done + job.passed_over} aria-label=${'Progress of ' + job.action}></progress>
    <span class="small soft">${count(job.done)} of ${count(job.total)} let go${job.passed_over ? `, ${count(job.passed_over)} passed over` : ''}${job.acts?.length ? html` · ${job.acts[0].who ?? ''} ${ago(job.acts[0].at)}` : nothing}</span></li>`)}</ul></section>`;
}

function row(lead) {
  const who = lead.lead.company || lead.lead.email || lead.crmId || lead.id;
  return html`<span><span class="pill ${lead.status === 'parked' ? 'bad' : 'wait'}">${lead.status}</span></span><span title=${who}>${who}</span><span>${lead.territory?.name ?? '—'}</span><span>${plain(lead.reason)}${lead.blocker ? ': ' + plain(lead.blocker) : ''}</span><span>${lead.attempts}</span><span class="num small soft">${age(lead.acceptedAt)}</span>`;
}
