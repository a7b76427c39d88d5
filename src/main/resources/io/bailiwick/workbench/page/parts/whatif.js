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
  let more = {};
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
    return { ...said, crmId: first.crmId ?? '1', attributes: more };
  }

  /** An attribute stays what it was, a number or a text. */
  function setMore(name, value) {
    const was = first.attributes[name];
    const number = typeof was === 'number' && value !== '' && Number.isFinite(Number(value));
    more = { ...more, [name]: number ? Number(value) : value };
    soon();
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(decide, AFTER_MS);
    ctx.draw();
  }

  function set(name, value) {
    now = { ...now, [name]: value };
    soon();
  }

  const entry = (name, is, was, into) => html`<div class="why-field"><label for=${'w-' + name}>${name}${String(is ?? '') !== String(was ?? '') ? html` <span class="pill move">changed</span>` : nothing}</label>
    <input id=${'w-' + name} .value=${live(String(is ?? ''))} @input=${(e) => into(name, e.target.value)} autocomplete="off"></div>`;
  /** What has parts of its own cannot be typed into a line. */
  const plainOnes = () => Object.keys(first.attributes ?? {}).filter((name) => typeof first.attributes[name] !== 'object');

  function reset() {
    now = { ...first };
    more = { ...first.attributes };
    decide();
  }

  return {
    decide,
    begin(lead) {
      if (first) return;
      first = lead;
      now = { ...lead };
      more = { ...lead.attributes };
    },
    view() {
      if (!first) return busy();
      return html`<div class="pair"><section class="card" aria-label="The lead, to be changed"><h2>Change it <button class="plain" @click=${reset}>As it was</button></h2>
        <div class="stack">${FIELDS.filter((name) => name !== 'module').map((name) => entry(name, now[name], first[name], set))}
        ${plainOnes().map((name) => entry(name, more[name], first.attributes[name], setMore))}</div></section>
        <section class="card" aria-label="What would be decided" aria-live="polite"><h2>Then</h2>${wrong ? trouble(wrong) : decision ? html`${receipt(decision, false)}${rules(decision.rules ?? [], 'What if')}` : busy('Deciding')}
        <p class="small soft">Nothing of this is recorded.</p></section></div>`;
    },
  };
}
