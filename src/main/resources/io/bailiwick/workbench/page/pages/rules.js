// Rules: the files with what is wrong at the line, tables as grids, what changed, fixtures, versions;
// a change becomes a candidate, and goes live after its proof.

import { html, nothing } from 'lit-html';
import { go, note, to } from '../address.js';
import { get, post } from '../api.js';
import * as draft from '../draft.js';
import { count, short } from '../words.js';
import { busy, head, trouble } from '../parts/bits.js';
import { difference } from '../parts/difference.js';
import { grid } from '../parts/grid.js';
import { attempt } from '../parts/notices.js';
import { publish, submit } from '../parts/release.js';
import { sheets } from '../parts/sheets.js';
import { versions } from '../parts/versions.js';

const CHECK_MS = 350;
const TABS = { files: 'Files', changes: 'Changes', fixtures: 'Fixtures', ways: 'Where leads go', versions: 'Versions and candidates' };

export function page(ctx) {
  const may = ctx.may('analyst', 'operator');
  const state = { standing: null, reading: { flaws: [], facts: [] }, territories: [], ways: [], wrong: null, tab: 'files', file: null, asText: false, editor: null };
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
    ctx.draw();
  }

  function moved(query) {
    state.tab = TABS[query.tab] ? query.tab : 'files';
    const paths = [...Object.keys(draft.now()?.files ?? {}), ...Object.keys(draft.now()?.sheets ?? {})];
    state.file = paths.includes(query.file) ? query.file : (paths.find((path) => path.endsWith('.drl')) ?? paths[0]);
    state.line = Number(query.line) || 0;
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
    check();
    ctx.draw();
  }

  const acts = {
    edit, check,
    open: (file) => note({ tab: '', file, line: '' }) ?? moved({ file, line: 0 }) ?? ctx.draw(),
    text: () => {
      state.asText = !state.asText;
      ctx.draw();
    },
    async begin(from, said) {
      await attempt(() => draft.begin(from, said), `The files of ${said} are shown.`);
      note({ candidate: '', tab: '', file: '', line: '' });
      moved({});
      check();
      ctx.draw();
    },
    discard() {
      draft.discard();
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
    close: () => clearTimeout(timer),
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
    ${state.tab === 'changes' ? changes() : nothing}
    ${state.tab === 'fixtures' ? fixtures(state, acts, may) : nothing}
    ${state.tab === 'ways' ? ways(state) : nothing}
    ${state.tab === 'versions' ? versions(ctx, state, acts) : nothing}`;
}

function files(state, acts, may) {
  const now = draft.now();
  const paths = Object.keys(now.files).sort();
  const kinds = [['Rules', (path) => path.endsWith('.drl')], ['Tables', (path) => path.endsWith('.csv')],
    ['Settings', (path) => /\.ya?ml$/.test(path)], ['Others', (path) => !/\.(drl|csv|ya?ml)$/.test(path)]];
  const flaws = state.reading.flaws;
  return html`<div class="workshop"><nav class="files card" aria-label="Files">${kinds.map(([name, is]) => {
    const some = paths.filter(is);
    return some.length ? html`<h2>${name}</h2><ul>${some.map((path) => html`<li><button aria-current=${path === state.file} @click=${() => acts.open(path)}><span>${path}</span>
      ${flaws.some((one) => one.file === path) ? html`<span class="pill bad">wrong</span>` : draft.differs('files', path) ? html`<span class="pill move">changed</span>` : nothing}</button></li>`)}</ul>` : nothing;
  })}${Object.keys(now.sheets).length ? html`<h2>Workbooks</h2><ul>${Object.keys(now.sheets).map((path) => html`<li><button aria-current=${path === state.file} @click=${() => acts.open(path)}><span>${path}</span>
      ${flaws.some((one) => one.file === path || one.file.startsWith(path + '!')) ? html`<span class="pill bad">wrong</span>` : nothing}</button></li>`)}</ul>` : nothing}</nav>
    <div class="stack"><section aria-label="File">${one(state, acts, may)}</section>${problems(state, acts)}</div></div>`;
}

function one(state, acts, may) {
  const path = state.file;
  const book = draft.now().sheets[path];
  if (book) return html`<div class="stack"><h2 class="mono">${path}</h2>${may ? sheets(path, book, state.reading) : html`<p class="soft">An analyst sees its cells.</p>`}</div>`;
  const text = draft.now().files[path] ?? '';
  const table = path?.endsWith('.csv');
  return html`<div class="stack"><div class="between"><h2 class="mono">${path}</h2>${table ? html`<button class="plain" @click=${acts.text}>${state.asText ? 'As a grid' : 'As text'}</button>` : nothing}</div>
    ${table && !state.asText ? grid(path, text, (next) => acts.edit('files', path, next), !may)
      : state.editor ? html`<rule-editor @edited=${(e) => acts.edit('files', path, e.detail)}></rule-editor>${shown(state, path, text, may)}` : busy('Loading the editor')}</div>`;
}

/** The editor is told after it stands in the page. */
function shown(state, path, text, may) {
  queueMicrotask(() => {
    const editor = document.querySelector('rule-editor');
    if (!editor) return;
    editor.words = () => ({ facts: state.reading.facts, territories: state.territories });
    editor.show(path, text, !may);
    editor.mark(state.reading.flaws.filter((flaw) => flaw.file === path));
    const wins = won(state.ways, path, text);
    const key = path + JSON.stringify([...wins]);
    if (editor.covered !== key) {
      editor.covered = key;
      editor.cover(wins);
    }
    if (state.line) {
      editor.reach(state.line);
      state.line = 0;
    }
  });
  return nothing;
}

/** How many leads of the last day each rule of the file settled, by its line; rules that settled none, too. */
function won(ways, path, text) {
  const byLine = new Map();
  if (!path?.endsWith('.drl') || !ways.length) return byLine;
  text.split('\n').forEach((line, i) => {
    const name = /^\s*rule\s+"([^"]+)"/.exec(line)?.[1];
    if (name) byLine.set(i + 1, ways.filter((way) => way.rule === name).reduce((sum, way) => sum + way.count, 0));
  });
  return byLine;
}

function problems(state, acts) {
  const { flaws } = state.reading;
  return html`<section class="card" aria-label="What is wrong" aria-live="polite"><h2>What is wrong</h2>${flaws.length
    ? html`<ul class="list">${flaws.map((flaw) => html`<li><button class="plain mono" @click=${() => {
      acts.open(flaw.file.replace(/!.*$/, ''));
      state.line = flaw.line;
    }}>${flaw.file}:${flaw.line}:${flaw.column}</button> <span class="flaw">${flaw.rule ? `rule "${flaw.rule}": ` : ''}${flaw.message}</span></li>`)}</ul>`
    : html`<p class="empty">Nothing: the rules can be compiled.</p>`}</section>`;
}

function changes() {
  const now = draft.now();
  const all = ['files', 'fixtures'].flatMap((kind) => draft.changes(kind).map((path) => difference(kind === 'files' ? path : 'fixtures/' + path, now.first[kind][path], now[kind][path])));
  return html`<div class="card stack">${all.length ? all : html`<p class="empty">Nothing is changed here.</p>`}</div>`;
}

function fixtures(state, acts, may) {
  const now = draft.now();
  const made = JSON.parse(sessionStorage.getItem('bailiwick.fixtures') ?? '[]');
  const take = (one, i) => {
    acts.edit('fixtures', `leads/recorded-${one.at.slice(0, 10)}-${one.lead.slice(-6)}.json`, one.file);
    drop(i);
  };
  const drop = (i) => {
    sessionStorage.setItem('bailiwick.fixtures', JSON.stringify(made.filter((_, j) => j !== i)));
    acts.check();
  };
  return html`<div class="stack"><section class="card" aria-label="Made of leads"><h2>Made of leads</h2>${made.length
    ? html`<ul class="list">${made.map((one, i) => html`<li class="between"><span><b>${one.name}</b> <a class="small" href=${to('lead', one.lead)}>its lead</a></span><span class="tools">
      <button ?disabled=${!may} @click=${() => take(one, i)}>Add to the fixtures</button><button @click=${() => drop(i)}>Forget</button></span></li>`)}</ul>`
    : html`<p class="empty">A lead's page makes a fixture of it, without the person: Save as fixture.</p>`}</section>
    <section class="card" aria-label="Fixture files"><h2>Fixture files</h2>${Object.keys(now.fixtures).sort().map((path) => html`<details><summary class="mono">${path}${draft.differs('fixtures', path) ? ' (changed)' : ''}</summary>
    <textarea class="mono whole" rows="14" ?readonly=${!may} aria-label=${'Text of ' + path} .value=${now.fixtures[path]} @change=${(e) => acts.edit('fixtures', path, e.target.value)}></textarea></details>`)}</section></div>`;
}

function ways(state) {
  const known = [...new Map(state.standing.rules.map((rule) => [rule.rule, rule])).values()];
  const sums = new Map();
  for (const way of state.ways) sums.set(way.rule, [...(sums.get(way.rule) ?? []), way]);
  const total = (rule) => (sums.get(rule.rule) ?? []).reduce((sum, way) => sum + way.count, 0);
  return html`<section class="card flush"><h2>Where each rule sends how many leads <span class="soft small">of the last day, by the rules that serve</span></h2><div class="scroll"><table><thead><tr><th>Rule</th><th>Place</th><th class="num">Salience</th><th>To</th><th class="num">Leads</th></tr></thead><tbody>
    ${known.sort((a, b) => total(b) - total(a)).map((rule) => html`<tr><td>${rule.rule}</td><td><a class="mono" href=${to('rules', '', { file: rule.file, line: rule.line })}>${rule.file}:${rule.line}</a></td><td class="num">${rule.salience}</td>
      <td>${(sums.get(rule.rule) ?? []).map((way) => html`<div>${way.territory || 'queue'} <span class="soft">${count(way.count)}</span></div>`)}${sums.has(rule.rule) ? nothing : html`<span class="soft">${rule.territory ?? ''}</span>`}</td>
      <td class="num">${total(rule) ? html`<a href=${to('leads', '', { rule: rule.rule })}>${count(total(rule))}</a>` : html`<span class="soft">0</span>`}</td></tr>`)}</tbody></table></div></section>`;
}
