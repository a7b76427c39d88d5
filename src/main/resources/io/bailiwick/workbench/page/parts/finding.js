// One finding of an audit, with its blast radius, and on request its history: since when it stands,
// which audits saw it, when it was gone before.

import { html, nothing } from 'lit-html';
import { to } from '../address.js';
import { asking, get } from '../api.js';
import { count, day, plain, some } from '../words.js';
import { busy } from './bits.js';

const MOST = 40;

/** Makes the part; {view(finding)}. */
export function findings(ctx) {
  const histories = new Map();
  const key = (one) => one.kind + ' ' + one.subject;

  async function ask(one) {
    if (histories.has(key(one))) return;
    histories.set(key(one), null);
    const history = await get(asking('/v1/audits/findings', { kind: one.kind }) + '&subject=' + encodeURIComponent(one.subject))
      .catch((failure) => ({ wrong: failure.message }));
    histories.set(key(one), history);
    ctx.draw();
  }

  return {
    /** After an audit all is asked anew. */
    forget: () => histories.clear(),
    view: (one) => html`${finding(one)}<details @toggle=${(e) => e.target.open && ask(one)}><summary>History</summary>${told(histories.get(key(one)))}</details>`,
  };
}

function told(history) {
  if (history === undefined) return nothing;
  if (!history) return busy('Looking back');
  if (history.wrong) return html`<p class="flaw">${history.wrong}</p>`;
  return html`<ol class="list">${history.episodes.map((one) => html`<li><div><b>${one.atLeast ? 'At least since' : 'Since'} ${day(one.since)}</b>,
    ${one.resolved ? html`gone by ${day(one.resolved)}` : 'it stands'}, seen by ${some(one.seen.length, 'audit')}.</div>
    <ul class="small soft">${one.seen.slice(-MOST).reverse().map((each) => html`<li>${day(each.at)}: ${each.news}, ${each.detail}</li>`)}</ul></li>`)}</ol>
    <p class="small soft">Of the last ${count(history.audits)} audits.</p>`;
}

function finding(one) {
  const { radius } = one;
  const look = one.kind === 'unused' ? '' : one.kind === 'propagating' ? 'wait' : 'bad';
  return html`<div class="between"><span><span class="pill ${look}">${plain(one.kind)}</span> <a href=${to('territories', one.subject)}>${one.subject}</a></span><span class="pill ${one.news === 'new' ? 'move' : ''}">${one.news}</span></div>
    <p class="small">${one.detail}. <span class="soft">${one.advice}</span></p>
    ${radius ? html`<p class="small soft">${some(radius.rules.length, 'place')} in rules · ${some(radius.routed7Days, 'lead')} in 7 days, ${count(radius.routed30Days)} in 30 · ${count(radius.waiting)} wait now, ${count(radius.wouldQueue)} of the last 7 days would be queued</p>` : nothing}`;
}
