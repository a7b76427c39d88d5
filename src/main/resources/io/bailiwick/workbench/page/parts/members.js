// Who works in a territory, asked of the CRM when somebody looks; plainly said where the CRM has no
// call that tells.

import { html, nothing } from 'lit-html';
import { get } from '../api.js';
import { busy } from './bits.js';

/** Makes the part; {of(territory), view(territory)}. */
export function members(ctx) {
  const known = new Map();

  async function of(id) {
    known.set(id, null);
    try {
      known.set(id, await get(`/v1/territories/${encodeURIComponent(id)}/members`));
    } catch (failure) {
      known.set(id, { told: false, why: failure.message, members: [], again: true });
    }
    ctx.draw();
  }

  return {
    view(one) {
      if (!one.listed || !ctx.may('analyst', 'operator')) return nothing;
      if (!known.has(one.id)) queueMicrotask(() => known.has(one.id) || of(one.id));
      const answer = known.get(one.id);
      return html`<div><h3>Members ${answer ? html`<button class="plain" @click=${() => of(one.id)}>Ask again</button>` : nothing}</h3>${answer ? told(answer) : busy('Asking the CRM')}</div>`;
    },
  };
}

function told(answer) {
  if (!answer.told) return html`<p class="small soft">${answer.why}</p>`;
  if (!answer.members.length) return html`<p class="empty">Nobody.</p>`;
  return html`<ul class="list">${answer.members.map((one) => html`<li class="between"><span>${one.name} <span class="soft small">${[one.role, one.profile].filter(Boolean).join(', ')}</span></span>
    <span class="pill ${one.active === 'yes' ? 'good' : one.active === 'no' ? 'bad' : ''}">${one.active === 'yes' ? 'active' : one.active === 'no' ? 'not active' : 'unknown'}</span></li>`)}</ul>
    ${answer.more ? html`<p class="small soft">And more.</p>` : nothing}`;
}
