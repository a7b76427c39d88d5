// Which published version of the rules first moved a lead, or some fixtures: asked for, watched while
// version after version is held against the one before it, and told with the difference that did it.

import { html, nothing } from 'lit-html';
import { here, note, to } from '../address.js';
import { get, post } from '../api.js';
import { count, day, plain, short } from '../words.js';
import { trouble } from './bits.js';
import { groups } from './changes.js';
import { say } from './notices.js';

const LOOK_MS = 500;

/** Where a bisection of these leads is asked for; wish: {lead} or {fixtures, place}. */
export const bisectOf = (wish) => to('replay', '', { tab: 'bisect', ...wish });

/** Makes the tab; {view(), close()}. */
export function bisect(ctx) {
  let run = null;
  let wrong = null;
  let timer = null;

  async function look(id) {
    try {
      run = await get('/v1/bisections/' + encodeURIComponent(id));
      wrong = null;
      if (['waiting', 'running'].includes(run.state)) timer = setTimeout(() => look(id), LOOK_MS);
    } catch (failure) {
      wrong = failure;
    }
    ctx.draw();
  }

  async function start(event) {
    event.preventDefault();
    const said = new FormData(event.target);
    const lead = said.get('lead').trim();
    const place = said.get('place').trim();
    const wish = { ...(lead ? { lead } : { fixtures: 'serving', ...(place ? { place } : {}) }), versions: Number(said.get('versions')) || 50 };
    try {
      run = await post('/v1/bisections', wish);
      note({ lead, place, bisection: run.id });
      look(run.id);
    } catch (failure) {
      say(failure.message, true);
    }
  }

  if (ctx.query.bisection) look(ctx.query.bisection);
  return {
    close: () => clearTimeout(timer),
    view: () => html`<section class="card stack" aria-label="Bisect"><h2>Which version moved it</h2>
      <p class="soft">Each version that served is held against the one before it, over the same leads, beside the same territories and clock.</p>
      <form class="tools" @submit=${start}>
        <div class="field"><label for="b-lead">A lead's id</label><input id="b-lead" name="lead" size="36" .value=${here().query.lead ?? ''} placeholder="none: the fixtures that serve" autocomplete="off"></div>
        <div class="field"><label for="b-place">Or one fixture's place</label><input id="b-place" name="place" size="22" .value=${here().query.place ?? ''} placeholder="all of them" autocomplete="off"></div>
        <div class="field"><label for="b-versions">Publications back</label><input id="b-versions" name="versions" type="number" min="2" max="1000" value="50"></div>
        <button class="first">Bisect</button></form></section>
      ${wrong ? trouble(wrong) : nothing}${run ? found(run) : nothing}`,
  };
}

function found(run) {
  const going = ['waiting', 'running'].includes(run.state);
  return html`<section class="card stack" aria-label="What moved it" aria-live="polite"><h2>${run.over} <span class="soft small">${count(run.versions)} versions${run.skipped ? `, ${count(run.skipped)} left out: not kept, or not compiled today` : ''}${going ? ', going on' : ''}</span></h2>
    ${going ? html`<progress class="progress" aria-label="The bisection is under way"></progress>` : nothing}
    ${run.state === 'failed' ? html`<div class="banner bad" role="alert">${run.problems.map((one) => html`<pre>${one}</pre>`)}</div>` : nothing}
    ${run.moved.length ? html`<ol class="list">${run.moved.map((one) => moved(one))}</ol>`
      : going ? nothing : html`<p><span class="pill good">✓ no version moved it</span></p>`}</section>`;
}

function moved(one) {
  return html`<li class="stack"><div class="between"><span><b class="mono">${short(one.hash)}</b> ${plain(one.how)} ${day(one.at)}${one.who ? ` by ${one.who}` : ''}${one.note ? html` <span class="soft">${one.note}</span>` : nothing}</span>
    <span class="tools mid"><span class="pill move">~ ${count(one.leads)} ${one.leads === 1 ? 'lead' : 'leads'}</span><a class="button" href=${to('replay', '', { base: one.base, candidate: one.hash })}>Replay it</a></span></div>
    ${groups(one.groups)}</li>`;
}
