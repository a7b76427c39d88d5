// What if: the lead's fields as a form; each change is decided at once, and nothing is recorded.

import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { post } from '../api.js';
import { busy, trouble } from './bits.js';
import { FIELDS, NUMBERS } from './values.js';
import { receipt, rules } from './verdict.js';

const AFTER_MS = 250;

/** Makes one; begin(lead) sets what it starts from, once. */
export function whatIf(ctx) {
  let first = null;
  let now = {};
  let decision = null;
  let wrong = null;
  let turn = 0;
  let timer = null;

  async function decide() {
    if (!first) return;
    const mine = ++turn;
    try {
      const answer = await post('/v1/decisions?why=true', lead());
      if (mine !== turn) return;
      decision = answer;
      wrong = null;
    } catch (failure) {
      if (mine !== turn) return;
      wrong = failure;
    }
    ctx.draw();
  }

  function lead() {
    const said = Object.fromEntries(Object.entries(now).filter(([, value]) => value !== '' && value != null));
    for (const name of NUMBERS) if (said[name] !== undefined && /^\d+$/.test(said[name])) said[name] = Number(said[name]);
    return { ...said, crmId: first.crmId ?? '1', attributes: first.attributes };
  }

  function set(name, value) {
    now = { ...now, [name]: value };
    clearTimeout(timer);
    timer = setTimeout(decide, AFTER_MS);
    ctx.draw();
  }

  const changed = (name) => String(now[name] ?? '') !== String(first[name] ?? '');
  const entry = (name) => html`<div class="why-field"><label for=${'w-' + name}>${name}${changed(name) ? html` <span class="pill move">changed</span>` : nothing}</label>
    <input id=${'w-' + name} .value=${live(String(now[name] ?? ''))} @input=${(e) => set(name, e.target.value)} autocomplete="off"></div>`;

  function reset() {
    now = { ...first };
    decide();
  }

  return {
    decide,
    begin(lead) {
      if (first) return;
      first = lead;
      now = { ...lead };
    },
    view() {
      if (!first) return busy();
      return html`<div class="pair"><section class="card" aria-label="The lead, to be changed"><h2>Change it <button class="plain" @click=${reset}>As it was</button></h2>
        <div class="stack">${FIELDS.filter((name) => name !== 'module').map(entry)}</div></section>
        <section class="card" aria-label="What would be decided" aria-live="polite"><h2>Then</h2>${wrong ? trouble(wrong) : decision ? html`${receipt(decision, false)}${rules(decision.rules ?? [], 'What if')}` : busy('Deciding')}
        <p class="small soft">Nothing of this is recorded.</p></section></div>`;
    },
  };
}
