// Rules: the files with what is wrong at the line, tables as grids, what changed, fixtures, versions;
// a change becomes a candidate, and goes live after its proof.

import { html, nothing } from 'lit-html';
import { go, note, to } from '../address.js';
import { get, post } from '../api.js';
import * as draft from '../draft.js';
import { short } from '../words.js';
import { busy, head, trouble } from '../parts/bits.js';
import { attempt } from '../parts/notices.js';
import { publish, submit } from '../parts/release.js';
import { changes, fixtures } from '../parts/rule-changes.js';
import { files } from '../parts/rule-files.js';
import { ways } from '../parts/rule-ways.js';
import { versions } from '../parts/versions.js';

const CHECK_MS = 350;
const LOOK_MS = 400;
const TABS = { files: 'Files', changes: 'Changes', fixtures: 'Fixtures', ways: 'Where leads go', versions: 'Versions and candidates' };

export function page(ctx) {
  const may = ctx.may('analyst', 'operator');
  const state = { standing: null, reading: { flaws: [], facts: [] }, territories: [], ways: [], wrong: null, tab: 'files', file: null, asText: false, editor: null, serving: null, against: '', proof: null };
  let timer = null;
  let turn = 0;

  async function load() {
    try {
      state.standing = await get('/v1/rules');
      const from = ctx.query.candidate || state.standing.serving;
      const stale = draft.now() && !draft.changed() && draft.now().from !== from;
      if (!draft.now() || stale) await draft.begin(from, ctx.query.candidate ? 'candidate ' + ctx.query.candidate : 'serving');
      moved(ctx.query);
      state.wrong = null;
      check();
      if (state.standing.shadow) again();
    } catch (failure) {
      state.wrong = failure;
    }
    ctx.draw();
  }

  async function again() {
    state.standing = await get('/v1/rules').catch(() => state.standing);
    state.shadow = state.standing?.shadow ? await get('/v1/rules/shadow').catch(() => null) : null;
    if (state.tab === 'changes') beside();
    ctx.draw();
  }

  function moved(query) {
    state.tab = TABS[query.tab] ? query.tab : 'files';
    const paths = [...Object.keys(draft.now()?.files ?? {}), ...Object.keys(draft.now()?.sheets ?? {})];
    state.file = paths.includes(query.file) ? query.file : (paths.find((path) => path.endsWith('.drl')) ?? paths[0]);
    state.line = Number(query.line) || 0;
    state.against = query.against ?? '';
    if (state.tab === 'changes') beside();
  }

  /** What serves, to hold the changes against. */
  async function beside() {
    const { serving } = state.standing;
    if (state.serving?.hash === serving) return;
    await attempt(async () => {
      const { files, fixtures } = await get('/v1/rules/' + encodeURIComponent(serving));
      state.serving = { hash: serving, files, fixtures };
    });
    ctx.draw();
  }

  /** A replay of the fixtures alone, shown in the margin. */
  async function prove() {
    const mine = { running: true };
    state.proof = mine;
    ctx.draw();
    const done = await attempt(async () => {
      const { id } = await post('/v1/replays', { base: 'serving', candidate: draft.upload(), leads: 'fixtures', mutants: false });
      let replay;
      do {
        await new Promise((go) => setTimeout(go, LOOK_MS));
        replay = await get('/v1/replays/' + encodeURIComponent(id));
      } while (state.proof === mine && !['done', 'failed'].includes(replay.state));
      if (state.proof === mine) state.proof = replay.state === 'failed' ? { problems: replay.problems } : { id, verdict: replay.verdict };
    });
    if (!done && state.proof === mine) state.proof = null;
    ctx.draw();
  }

  function check() {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++turn;
      if (!may) return;
      try {
        const reading = await post('/v1/rules/check', draft.upload());
        if (mine !== turn) return;
        state.reading = reading;
      } catch (failure) {
        state.reading = { ...state.reading, flaws: [{ file: '', line: 0, column: 0, message: failure.message, told: failure.message }] };
      }
      ctx.draw();
    }, CHECK_MS);
  }

  function edit(kind, path, text) {
    draft.write(kind, path, text);
    state.proof = null;
    check();
    ctx.draw();
  }

  const acts = {
    edit, check, prove,
    open: (file) => note({ tab: '', file, line: '' }) ?? moved({ file, line: 0 }) ?? ctx.draw(),
    text: () => {
      state.asText = !state.asText;
      ctx.draw();
    },
    async begin(from, said) {
      state.proof = null;
      await attempt(() => draft.begin(from, said), `The files of ${said} are shown.`);
      note({ candidate: '', tab: '', file: '', line: '' });
      moved({});
      check();
      ctx.draw();
    },
    discard() {
      state.proof = null;
      draft.discard();
      if (!(state.file in draft.now().files)) moved({ tab: state.tab });
      check();
      ctx.draw();
    },
    submit: async () => (await submit(ctx)) && again(),
    publish: async (wish) => (await publish(ctx, wish)) && again(),
    again,
  };

  get('/v1/territories').then((all) => {
    state.territories = all.territories.map((one) => one.name);
  }, () => {});
  get('/v1/overview').then((now) => {
    state.ways = now.day.ways;
    ctx.draw();
  }, () => {});
  import('../editor/rule-editor.js').then(() => {
    state.editor = true;
    ctx.draw();
  });
  load();
  return {
    title: 'Rules',
    moved(query) {
      moved(query);
    },
    changed: (change) => change.topics.includes('rules') && again(),
    close() {
      clearTimeout(timer);
      state.proof = null;
    },
    view: () => (state.wrong ? trouble(state.wrong) : state.standing && draft.now() ? view(ctx, state, acts, may) : busy()),
  };
}

function view(ctx, state, acts, may) {
  const now = draft.now();
  const changed = draft.changed();
  return html`${head('Rules', html`From ${now.said} <span class="mono">${short(now.hash)}</span>${changed ? html` · <span class="pill move">changed here, not submitted</span>` : nothing}`,
    may ? html`<button ?disabled=${!changed} @click=${acts.discard}>Discard</button>
      <button @click=${() => go('replay', '', { draft: 1 })}>Replay</button>
      <button class="first" ?disabled=${!changed || state.reading.flaws.length > 0} title=${state.reading.flaws.length ? 'First mend what is wrong' : ''} @click=${acts.submit}>Submit as a candidate</button>` : nothing)}
    <nav class="tools mid tabs" aria-label="About the rules">${Object.entries(TABS).map(([name, title]) => html`<a class="button" href=${to('rules', '', { tab: name === 'files' ? '' : name })}
      aria-current=${state.tab === name ? 'page' : nothing}>${title}${name === 'changes' && changed ? ` (${draft.changes('files').length + draft.changes('fixtures').length})` : ''}</a>`)}</nav>
    ${state.tab === 'files' ? files(state, acts, may) : nothing}
    ${state.tab === 'changes' ? changes(state) : nothing}
    ${state.tab === 'fixtures' ? fixtures(state, acts, may) : nothing}
    ${state.tab === 'ways' ? ways(state) : nothing}
    ${state.tab === 'versions' ? versions(ctx, state, acts) : nothing}`;
}
