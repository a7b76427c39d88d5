// One lead: its story as a path, the receipt of its decision, why and why not, what if.

import { html, nothing } from 'lit-html';
import { to } from '../address.js';
import { asking, get, post } from '../api.js';
import { clock, day, plain, short, until } from '../words.js';
import { ago, busy, head, reason, status, told, trouble } from '../parts/bits.js';
import { bisectOf } from '../parts/bisect.js';
import { ask } from '../parts/dialog.js';
import { fixtureOf } from '../parts/fixture-of.js';
import { attempt } from '../parts/notices.js';
import { receipt, rules, whyNot } from '../parts/verdict.js';
import { values } from '../parts/values.js';
import { whatIf } from '../parts/whatif.js';

const TABS = ['story', 'why', 'what-if'];

export function page(ctx) {
  const { id } = ctx;
  let lead = null;
  let wrong = null;
  let why = null;
  let whyWrong = null;
  let not = ctx.query.not ?? '';
  let territories = [];
  const asks = ctx.may('analyst', 'operator');
  let tab = asks && TABS.includes(ctx.query.tab) ? ctx.query.tab : 'story';
  const trial = whatIf(ctx);

  async function load() {
    try {
      lead = await get('/v1/leads/' + encodeURIComponent(id));
      wrong = null;
      trial.begin(lead.lead);
      ctx.draw();
      if (tab === 'why') await explain();
      if (tab === 'what-if') trial.decide();
    } catch (failure) {
      wrong = failure;
      ctx.draw();
    }
  }

  async function explain() {
    try {
      why = await get(asking(`/v1/leads/${encodeURIComponent(id)}/why`, { not }));
      whyWrong = null;
    } catch (failure) {
      whyWrong = failure;
    }
    ctx.draw();
  }

  function moved(query) {
    tab = asks && TABS.includes(query.tab) ? query.tab : 'story';
    not = query.not ?? '';
    if (tab === 'why') explain();
    if (tab === 'what-if') trial.decide();
  }

  async function byHand(act) {
    const fields = [{ name: 'why', label: 'Why (goes into its history)' }];
    if (act.territory) fields.unshift({ name: 'territory', label: 'Territory', kind: 'select', options: territories, needed: true });
    if (ctx.session.access === 'open') fields.push({ name: 'who', label: 'Who you are' });
    const said = await ask({ title: act.title, said: act.said, fields, button: act.button, danger: act.danger });
    if (!said) return;
    const body = Object.fromEntries(Object.entries(said).filter(([, value]) => value));
    if (await attempt(() => post(`/v1/leads/${encodeURIComponent(id)}/${act.name}`, body), act.done)) load();
  }

  const fixture = () => attempt(() => fixtureOf(id));

  get('/v1/territories').then((all) => {
    territories = all.territories.filter((one) => one.listed).map((one) => one.name);
    ctx.draw();
  }, () => {});
  load();
  return {
    title: 'Lead',
    moved,
    changed: (change) => change.topics.includes('leads') && (change.more || change.leads.includes(id)) && load(),
    view() {
      if (wrong) return html`${head('Lead', id)}${trouble(wrong)}<p><a href="#/leads">All leads</a></p>`;
      if (!lead) return busy();
      return html`${head(html`Lead ${status(lead)}`, html`<span class="mono">${id}</span>`, hands(lead, ctx, byHand, fixture))}
        ${asks ? tabs(tab, id) : nothing}
        ${tab === 'story' ? story(lead) : nothing}
        ${tab === 'why' ? reasons({ why, whyWrong, not, territories, id }) : nothing}
        ${tab === 'what-if' ? trial.view() : nothing}`;
    },
  };
}

function tabs(now, id) {
  const names = { story: 'Story', why: 'Why, and why not', 'what-if': 'What if' };
  return html`<nav class="tools mid tabs" aria-label="About this lead">${TABS.map((one) => html`<a class="button" href=${to('lead', id, { tab: one === 'story' ? '' : one })}
    aria-current=${now === one ? 'page' : nothing}>${names[one]}</a>`)}</nav>`;
}

function hands(lead, ctx, byHand, fixture) {
  const movable = ['queued', 'parked'].includes(lead.status);
  const act = (name, label, more) => html`<button ?disabled=${!movable} title=${movable ? '' : 'Only queued and parked leads are moved by hand'}
    @click=${() => byHand({ name, title: label + ' this lead?', button: label, ...more })}>${label}</button>`;
  return html`${ctx.may('operator') ? html`
    ${act('retry', 'Retry', { said: 'The same decision is sent again, or it is looked at now.', done: 'It is due now.' })}
    ${act('decide', 'Re-decide', { said: 'The rules are asked again.', done: 'The rules are asked again.' })}
    ${act('assign', 'Assign', { territory: true, said: 'A person decides in place of the rules; sent like any other decision.', done: 'Assigned by hand; it is on its way.' })}
    ${act('close', 'Close', { danger: true, said: 'It is done with and not sent.', done: 'It is closed.' })}` : nothing}
    ${ctx.may('analyst', 'operator') && lead.decision && !lead.decision.by ? html`<button @click=${fixture}>Save as fixture</button>` : nothing}
    ${ctx.may('analyst', 'operator') && lead.decision && !lead.decision.by ? html`<a class="button" href=${bisectOf({ lead: lead.id })}>Which version moved it</a>` : nothing}`;
}

function story(lead) {
  return html`<div class="wide-left"><div class="stack"><section class="card" aria-label="Its path"><h2>Its path ${lead.due ? html`<span class="soft small">next look in ${until(lead.due)}</span>` : nothing}</h2>
    <ol class="path">${lead.history.map((line) => html`<li class=${line.status}><div class="between"><b>${line.status}</b><time class="soft small" datetime=${line.at} title=${day(line.at)}>${clock(line.at)}</time></div><span class="soft">${told(said(line))}</span></li>`)}
    ${ahead(lead)}</ol></section></div>
    <div class="stack">${lead.decision ? html`<section class="card" aria-label="Decision"><h2>Decision</h2>${receipt(lead.decision)}</section>` : nothing}
    <section class="card" aria-label="The lead"><h2>The lead</h2>${values(lead.lead)}</section>
    <section class="card" aria-label="Its record"><h2>Its record</h2><dl class="facts"><dt>CRM id</dt><dd class="mono">${lead.crmId ?? 'none yet'}</dd><dt>Revision</dt><dd>${lead.revision}</dd>
      <dt>Attempts</dt><dd>${lead.attempts}</dd><dt>Accepted</dt><dd>${day(lead.acceptedAt)}</dd>${lead.sender ? html`<dt>Sender</dt><dd>${lead.sender}</dd>` : nothing}
      ${lead.supersededBy ? html`<dt>Superseded by</dt><dd><a href=${to('lead', lead.supersededBy)}>${short(lead.supersededBy)}</a></dd>` : nothing}</dl></section></div></div>`;
}

/** Its sentence, without the word that stands above it. */
const said = (line) => (line.note.startsWith(line.status + ': ') ? line.note.slice(line.status.length + 2) : line.note);

/** What it waits for, as the next station of its path. */
function ahead(lead) {
  if (lead.status === 'queued') {
    return html`<li class="ahead"><b>until</b> <span>${reason(lead)}</span>
      <span class="soft">is no more; looked at again ${lead.due ? html`at <time datetime=${lead.due}>${clock(lead.due)}</time>` : 'at once'}${lead.territory && lead.reason === 'territory_not_ready' ? html`, or as soon as <a href=${to('territories', lead.territory.name)}>${lead.territory.name}</a> is ready` : nothing}</span></li>`;
  }
  return lead.status === 'parked' && lead.reason !== 'closed' ? html`<li class="ahead"><b>until</b> <span>a person moves it</span> <span class="soft">(${plain(lead.reason)})</span></li>` : nothing;
}

function reasons({ why, whyWrong, not, territories, id }) {
  if (whyWrong) return trouble(whyWrong);
  if (!why) return busy('Asking the rules');
  const chosen = (event) => (location.hash = to('lead', id, { tab: 'why', not: event.target.value }));
  return html`<div class="pair"><section class="card" aria-label="Why"><h2>Why</h2>
    <p class="soft small">${why.decidedByIt ? 'By the rules that decided it' : 'By the rules that serve now; others decided it'}, ${why.asDecided ? html`beside the territories as they were, ${ago(why.at)}` : 'beside the territories as they are now'}.</p>
    ${rules(why.rules, 'Why')}</section>
    <section class="card" aria-label="Why not"><h2>Why not</h2><div class="field"><label for="not">Why does it not go to</label><select id="not" @change=${chosen}>
    <option value="">choose a territory</option>${territories.map((name) => html`<option ?selected=${name === not}>${name}</option>`)}</select></div>
    ${why.not ? whyNot(why.not) : html`<p class="soft">Choose a territory, and see which condition keeps the lead from it, and the one change that would send it there.</p>`}</section></div>`;
}
