// Replay: what a candidate would do with leads, beside what serves; the verdict first, then what
// moves, why, and what is not proved.

import { html, nothing } from 'lit-html';
import { go, here, note, to } from '../address.js';
import { asking, get, keep, post, saved } from '../api.js';
import * as draft from '../draft.js';
import { bisect, bisectOf } from '../parts/bisect.js';
import { CHANGES, verdictView } from '../parts/changes.js';
import { busy, head, trouble } from '../parts/bits.js';
import { drawer } from '../parts/dialog.js';
import { fixtureOf } from '../parts/fixture-of.js';
import { longlist } from '../parts/longlist.js';
import { attempt, say } from '../parts/notices.js';
import { publish, submit } from '../parts/release.js';
import { receipt, rules } from '../parts/verdict.js';
import { values } from '../parts/values.js';
import { setup } from '../parts/replay-setup.js';
import { suggestButton } from '../parts/suggest.js';

const LOOK_MS = 700;

export function page(ctx) {
  const state = { id: ctx.id, query: ctx.query, replay: null, standing: null, wrong: null, sankey: null, history: [] };
  const form = setup(ctx, { start });
  const versions = bisect(ctx);
  let timer = null;
  const list = longlist({ name: 'Changed leads', columns: 'rows-changed', height: 44, draw: ctx.draw, open: (one) => note({ row: one.place }) ?? row(one.place), row: cells });

  async function load() {
    try {
      [state.standing, state.history] = await Promise.all([get('/v1/rules'), get('/v1/replays').then((all) => all.replays)]);
      form.begin(state.standing);
      if (state.id) await look();
    } catch (failure) {
      state.wrong = failure;
    }
    ctx.draw();
  }

  async function look() {
    try {
      state.replay = await get('/v1/replays/' + encodeURIComponent(state.id));
      state.wrong = null;
      if (!['done', 'failed'].includes(state.replay.state) || state.replay.mutants === 'running') timer = setTimeout(look, LOOK_MS);
      if (state.query.row && state.replay.verdict && !document.querySelector('dialog[open]')) row(state.query.row);
    } catch (failure) {
      state.wrong = failure;
    }
    ctx.draw();
  }

  async function start(wish) {
    try {
      const begun = await post('/v1/replays', wish);
      go('replay', begun.id);
    } catch (failure) {
      say(failure.message + ' ' + failure.errors.map((one) => one.detail).join(' '), true);
    }
  }

  async function row(place) {
    try {
      const one = await get(asking(`/v1/replays/${encodeURIComponent(state.id)}/row`, { place }));
      drawer(one.name, (close) => sides(one, state.replay, close), () => here().page === 'replay' && note({ row: '' }));
    } catch (failure) {
      say(failure.message, true);
    }
  }

  function set(query) {
    state.query = { ...state.query, ...query };
    note(query);
    ctx.draw();
  }

  import('d3-sankey').then((module) => {
    state.sankey = module.default;
    ctx.draw();
  });
  load();
  return {
    title: 'Replay',
    moved(query) {
      state.query = query;
    },
    changed: (change) => change.topics.includes('rules') && get('/v1/rules').then((now) => {
      state.standing = now;
      ctx.draw();
    }, () => {}),
    close() {
      clearTimeout(timer);
      versions.close();
    },
    view() {
      const { replay } = state;
      return html`${head('Replay', 'What a change of the rules would do, lead by lead, before it is live.', replay?.verdict ? ends(ctx, state, look) : nothing)}
        ${state.id ? nothing : tabs(state.query.tab)}
        ${state.wrong ? trouble(state.wrong) : nothing}
        <div class="stack">${!state.id && state.query.tab === 'bisect' ? versions.view() : html`${form.view(Boolean(state.id))}${!state.id ? kept(state.history) : nothing}
        ${state.id && !replay && !state.wrong ? busy() : nothing}
        ${replay && replay.state === 'failed' ? html`<div class="banner bad" role="alert"><div><b>It could not be run.</b>${replay.problems.map((one) => html`<pre>${one}</pre>`)}</div></div>` : nothing}
        ${replay && !['done', 'failed'].includes(replay.state) ? html`<div class="card" role="status"><h2>${replay.state}…</h2><p class="soft">${replay.leads} leads so far.</p><progress class="progress" aria-label="The replay is under way"></progress></div>` : nothing}
        ${replay?.verdict ? verdictView({ replay, query: state.query, set, list, sankey: state.sankey, may: ctx.may('analyst', 'operator') }) : nothing}`}</div>`;
    },
  };
}

function tabs(now) {
  const names = { '': 'Replay', bisect: 'Which version moved it' };
  return html`<nav class="tools mid tabs" aria-label="About versions">${Object.entries(names).map(([tab, name]) => html`<a class="button" href=${to('replay', '', { tab })}
    aria-current=${(now ?? '') === tab ? 'page' : nothing}>${name}</a>`)}</nav>`;
}

function kept(history) {
  return html`<section class="card" aria-label="Replays so far"><h2>Replays so far</h2>${history.length
    ? html`<ul class="list">${history.map((one) => html`<li class="between"><span><a href=${to('replay', one.id)}>${one.base.said} → ${one.candidate.said}</a> <span class="soft small">${one.over}, ${one.leads} leads</span></span><span class="pill">${one.state}</span></li>`)}</ul>`
    : html`<p class="empty">None yet. The last few are kept while the service runs.</p>`}</section>`;
}

/** Going live from here, or why not. */
function ends(ctx, state, again) {
  const { verdict, candidate } = state.replay;
  const waiting = state.standing.candidates.find((one) => one.hash === candidate.hash && one.state.startsWith('waiting'));
  const serves = state.standing.serving === candidate.hash;
  const mine = !waiting && !serves && draft.now() && draft.changed();
  const csv = () => save(state.replay);
  const page = () => attempt(() => saved(`/v1/replays/${encodeURIComponent(state.id)}/report`, `replay-${state.id}.html`));
  return html`${suggestButton(state.replay, again)}<button @click=${page}>Export HTML</button><button @click=${csv}>Export CSV</button><button @click=${() => print()}>Print</button>
    ${mine ? html`<button class="first" ?disabled=${!verdict.publishable} title=${verdict.publishable ? '' : 'A guardrail or an expectation failed'} @click=${async () => (await submit(ctx)) && ctx.draw()}>Submit as a candidate</button>` : nothing}
    ${waiting && ctx.may('operator') ? html`<button class="first" ?disabled=${!verdict.publishable} title=${verdict.publishable ? '' : 'A guardrail or an expectation failed'}
      @click=${() => publish(ctx, { candidate: waiting.name, hash: waiting.hash, said: 'candidate ' + waiting.name })}>Publish</button>` : nothing}
    ${serves ? html`<span class="pill good">serves</span>` : nothing}`;
}

function cells(one) {
  const change = CHANGES[one.change];
  return html`<span><span class="pill ${change.look}">${change.sign} ${change.name}</span></span><span title=${one.name}>${one.name}</span><span>${one.before.told}</span><span>${one.after.told}</span>
    <span class="soft small">${one.nearest ? 'nearest: ' + one.nearest.rule : (one.after.rule ?? '')}</span>`;
}

function sides(one, replay, close) {
  const wish = replay.over === 'fixtures' ? { place: one.place } : replay.over.startsWith('recorded') ? { lead: one.place } : null;
  const causes = replay.verdict.groups.filter((group) => group.samples.includes(one.place)).flatMap((group) => group.causes);
  return html`<p class="soft">${one.place} · ${one.at}${wish ? html` · <a href=${bisectOf(wish)} @click=${close}>Which version moved it</a>` : nothing}</p>
    ${wish?.lead ? html`<div class="tools"><button @click=${() => { close(); attempt(() => fixtureOf(wish.lead)); }}>Save as fixture</button><a class="button" href=${to('lead', wish.lead)} @click=${close}>Its story</a></div>` : nothing}
    ${causes.length ? html`<section class="card" aria-label="Caused by"><h2>Caused by</h2>${causes.map((cause) => html`<div><b>${cause.rule ?? cause.kind}</b> <span class="mono soft">${cause.file}:${cause.line}</span> ${cause.kind === 'rule_added' ? 'new' : cause.kind === 'rule_removed' ? 'removed' : html`<code>${cause.before}</code> → <code>${cause.after}</code>`}</div>`)}</section>` : nothing}
    <div class="sides">${[['Base', one.base], ['Candidate', one.candidate]].map(([name, side]) => html`<section class="card stack" aria-label=${name}><h2>${name}</h2>${receipt(side.decision, false)}${rules(side.rules ?? [], name)}</section>`)}</div>
    <section class="card" aria-label="The lead"><h2>The lead</h2>${values(one.lead)}</section>`;
}

/** The changed leads as a file that a spreadsheet opens without running anything in it. */
function save(replay) {
  const safe = (text) => '"' + String(text ?? '').replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""') + '"';
  const rows = [['change', 'lead', 'place', 'before', 'rule before', 'after', 'rule after'],
    ...replay.verdict.changed.map((one) => [one.change, one.name, one.place, one.before.told, one.before.rule, one.after.told, one.after.rule])];
  keep(new Blob([rows.map((row) => row.map(safe).join(',')).join('\r\n')], { type: 'text/csv' }), `replay-${replay.id}.csv`);
}
