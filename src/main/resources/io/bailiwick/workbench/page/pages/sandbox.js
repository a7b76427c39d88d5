// The sandbox CRM of a demo: switch a territory's access, move the clock both share, make the CRM fail;
// then watch leads queue and flow.

import { html, nothing } from 'lit-html';
import { get, post } from '../api.js';
import { to } from '../address.js';
import { age, day, plain } from '../words.js';
import { busy, head, reason, status, trouble } from '../parts/bits.js';
import { attempt } from '../parts/notices.js';

const FAULTS = {
  none: { title: 'Answers as it should', faults: [] },
  down: { title: 'Is down (503)', faults: [{ kind: 'status', status: 503 }] },
  limit: { title: 'Says too many requests (429)', faults: [{ kind: 'status', status: 429, retryAfter: 5 }] },
  reset: { title: 'Cuts connections', faults: [{ kind: 'reset' }] },
};
const LEADS = 12;

export function page(ctx) {
  let state = null;
  let wrong = null;
  let leads = [];
  let text = '';
  let soon = null;

  async function load() {
    try {
      const [sandbox, newest] = await Promise.all([get('/v1/sandbox'), get('/v1/leads?limit=' + LEADS)]);
      state = sandbox;
      leads = newest.leads;
      wrong = null;
    } catch (failure) {
      wrong = failure;
    }
    ctx.draw();
  }

  const order = (body, done) => attempt(() => post('/v1/sandbox', body), done).then(load);
  const acts = {
    territory: (one, more) => order({ do: 'setTerritory', territory: one.id, ...more }, `${one.name} is changed. Read the territories again, or wait for the next reading.`),
    clock: (by, said) => order({ do: 'moveClock', by }, `The clock both share is ${said} further.`),
    fault(name) {
      return order({ do: 'setFaults', faults: FAULTS[name].faults }, 'The CRM: ' + FAULTS[name].title.toLowerCase() + '.');
    },
    read: () => attempt(() => post('/v1/territories/refresh'), 'The territories were read.'),
    leads: () => attempt(() => post('/v1/leads', sample()), `${LEADS} leads are on their way.`),
    filter(next) {
      text = next;
      ctx.draw();
    },
  };

  load();
  return {
    title: 'Sandbox',
    changed(change) {
      if (!change.topics.some((one) => ['territories', 'sending', 'leads'].includes(one))) return;
      soon ??= setTimeout(() => {
        soon = null;
        load();
      }, 500);
    },
    close: () => clearTimeout(soon),
    view: () => (wrong ? trouble(wrong) : state ? view({ state, leads, text, ctx, acts }) : busy()),
  };
}

const PLACES = [['US', 'CA'], ['US', 'NY'], ['US', 'TX'], ['DE'], ['FR'], ['SE'], ['JP'], ['GB'], ['CA', 'ON'], ['BR'], ['AU'], ['IN']];

/** Some leads of all over the world, each another record. */
function sample() {
  const first = Date.now() * 100;
  return PLACES.slice(0, LEADS).map(([country, region], i) => ({ crmId: String(3652397000000000000n + BigInt(first + i)), country, ...(region ? { region } : {}), company: 'Sample ' + (i + 1), employees: 20 + i * 90, source: 'workbench' }));
}

/** Which of these the CRM is told to do now; null where somebody told it something else. */
function told(faults) {
  if (!faults.length) return 'none';
  const [one] = faults;
  return faults.length > 1 ? null : (Object.keys(FAULTS).find((name) => FAULTS[name].faults.some((each) => each.kind === one.kind && each.status === one.status)) ?? null);
}

function view({ state, leads, text, ctx, acts }) {
  const fault = told(state.faults);
  const may = ctx.may('operator');
  const shown = state.territories.filter((one) => !text || one.name.toLowerCase().includes(text.toLowerCase()));
  return html`${head('Sandbox', 'A pretend Zoho inside this demo. What you change here happens to the CRM, not to Bailiwick.', may ? html`<button class="first" @click=${() => acts.leads()}>Post ${LEADS} leads</button><button @click=${acts.read}>Read the territories</button>` : nothing)}
    <div class="wide-left"><section class="card flush" aria-label="Territories of the CRM"><h2>Territories of the CRM <span class="tools mid"><label class="unseen" for="x-text">Filter</label><input id="x-text" type="search" placeholder="Filter" .value=${text} @input=${(e) => acts.filter(e.target.value)}></span></h2>
    <div class="scroll"><table><thead><tr><th>Territory</th><th>Allow API Access</th><th>Active</th><th>Would refuse</th></tr></thead><tbody>
    ${shown.map((one) => html`<tr><td>${one.name}</td><td><label class="tick"><input type="checkbox" ?disabled=${!may} .checked=${one.apiEnabled !== false} @change=${(e) => acts.territory(one, { apiEnabled: e.target.checked })}><span class="unseen">Allow API Access of ${one.name}</span></label></td>
    <td><label class="tick"><input type="checkbox" ?disabled=${!may} .checked=${one.status !== 'Inactive'} @change=${(e) => acts.territory(one, { status: e.target.checked ? 'Active' : 'Inactive' })}><span class="unseen">${one.name} is active</span></label></td><td>${one.refused ? html`<span class="pill bad">${plain(one.refused)}</span>` : html`<span class="soft">no</span>`}</td></tr>`)}</tbody></table></div></section>
    <div class="stack"><section class="card stack" aria-label="Clock"><h2>The clock both share</h2><p>${day(state.now)}</p><div class="tools"><button ?disabled=${!may} @click=${() => acts.clock('PT15M', '15 minutes')}>+ 15 min</button><button ?disabled=${!may} @click=${() => acts.clock('PT1H', 'an hour')}>+ 1 h</button><button ?disabled=${!may} @click=${() => acts.clock('PT24H', 'a day')}>+ 1 day</button></div></section>
    <section class="card stack" aria-label="Faults"><h2>The CRM</h2><fieldset class="stack"><legend class="unseen">How the CRM answers</legend>${Object.entries(FAULTS).map(([name, one]) => html`<label class="tick"><input type="radio" name="fault" ?disabled=${!may} .checked=${fault === name} @change=${() => acts.fault(name)}> ${one.title}</label>`)}
      ${fault === null ? html`<p class="small soft">It was told something else by order; a choice here takes that away.</p>` : nothing}</fieldset></section>
    <section class="card" aria-label="Leads, as they flow"><h2>Leads, as they flow <a class="small" href="#/leads">All leads</a></h2>${leads.length
      ? html`<ul class="list">${leads.map((lead) => html`<li class="between"><span><a href=${to('lead', lead.id)}>${lead.lead.company || lead.lead.country || lead.crmId || lead.id}</a> <span class="small soft">${lead.territory?.name ?? ''} ${reason(lead)}</span></span>
        <span>${status(lead)} <span class="small soft">${age(lead.acceptedAt, Date.parse(state.now))}</span></span></li>`)}</ul>`
      : html`<p class="empty">None yet.</p>`}</section></div></div>`;
}
