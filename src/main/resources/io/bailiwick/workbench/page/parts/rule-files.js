// The files of the rules: their list, the one that is open with what is wrong at its line, and in its
// margin how many leads each rule settled and whether a fixture fires it.

import { html, nothing } from 'lit-html';
import * as draft from '../draft.js';
import { some } from '../words.js';
import { busy } from './bits.js';
import { ask } from './dialog.js';
import { grid } from './grid.js';
import { say } from './notices.js';
import { sheets } from './sheets.js';

const KINDS = [['Rules', (path) => path.endsWith('.drl')], ['Tables', (path) => path.endsWith('.csv')],
  ['Settings', (path) => /\.ya?ml$/.test(path)], ['Others', (path) => !/\.(drl|csv|ya?ml)$/.test(path)]];
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*\.(drl|csv|yaml)$/;
const BEGINS = { drl: '// What these rules are for.\n', csv: 'country: key country, note\n', yaml: '' };

/** The tab of the files. */
export function files(state, acts, may) {
  const now = draft.now();
  const paths = Object.keys(now.files).sort();
  const { flaws } = state.reading;
  const way = (path, wrong) => html`<li><button aria-current=${path === state.file} title=${path} @click=${() => acts.open(path)}><span>${path}</span>
    ${wrong ? html`<span class="pill bad">wrong</span>` : draft.differs('files', path) ? html`<span class="pill move">changed</span>` : nothing}</button></li>`;
  return html`<div class="workshop"><nav class="files card" aria-label="Files">${KINDS.map(([name, is]) => {
    const one = paths.filter(is);
    return one.length ? html`<h2>${name}</h2><ul>${one.map((path) => way(path, flaws.some((flaw) => flaw.file === path)))}</ul>` : nothing;
  })}${Object.keys(now.sheets).length ? html`<h2>Workbooks</h2><ul>${Object.keys(now.sheets).map((path) => way(path, flaws.some((flaw) => flaw.file === path || flaw.file.startsWith(path + '!'))))}</ul>` : nothing}
    ${may ? html`<p class="tools"><button class="plain" @click=${() => add(acts)}>New file</button></p>` : nothing}</nav>
    <div class="stack"><section aria-label="File">${one(state, acts, may)}</section>${problems(state, acts)}${proved(state, acts, may)}</div></div>`;
}

async function add(acts) {
  const said = await ask({ title: 'New file', said: 'Rules end in .drl, tables in .csv (decision tables in .drl.csv), settings in .yaml.', button: 'Make it',
    fields: [{ name: 'path', label: 'Its name', needed: true }] });
  if (!said) return;
  const path = said.path.trim();
  if (!NAME.test(path)) return say('A name like 70-partners.drl, named-accounts.csv or sources/web.yaml, of letters, digits, dot, dash and underscore.', true);
  if (path in draft.now().files) return say(path + ' is there already.', true);
  acts.edit('files', path, BEGINS[path.split('.').pop()]);
  acts.open(path);
}

async function remove(path, acts) {
  if (!(await ask({ title: `Remove ${path}?`, said: 'It is left out of what you submit; Discard brings it back.', button: 'Remove it', danger: true }))) return;
  acts.edit('files', path, null);
  acts.open(Object.keys(draft.now().files).sort()[0]);
}

function one(state, acts, may) {
  const path = state.file;
  const book = draft.now().sheets[path];
  if (book) return html`<div class="stack"><h2 class="mono">${path}</h2>${may ? sheets(path, book, state.reading) : html`<p class="soft">An analyst sees its cells.</p>`}</div>`;
  const text = draft.now().files[path] ?? '';
  const table = path?.endsWith('.csv');
  const flaws = state.reading.flaws.filter((flaw) => flaw.file === path);
  return html`<div class="stack"><div class="between"><h2 class="mono">${path}</h2><span class="tools mid">${table ? html`<button class="plain" @click=${acts.text}>${state.asText ? 'As a grid' : 'As text'}</button>` : nothing}
    ${may ? html`<button class="plain" @click=${() => remove(path, acts)}>Remove</button>` : nothing}</span></div>
    ${table && !state.asText ? grid({ path, text, edited: (next) => acts.edit('files', path, next), readOnly: !may, flaws })
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
    editor.cover(margin(state, path, text));
    if (state.line) {
      editor.reach(state.line);
      state.line = 0;
    }
  });
  return nothing;
}

/** By the line of each rule of the file: {leads?, fixtures?, fired?}. */
function margin(state, path, text) {
  const byLine = new Map();
  const verdict = state.proof?.verdict;
  if (!path?.endsWith('.drl') || (!state.ways.length && !verdict)) return byLine;
  const never = new Set((verdict?.fixtures.rules.neverFired ?? []).map((one) => one.rule));
  text.split('\n').forEach((line, i) => {
    const name = /^\s*rule\s+"([^"]+)"/.exec(line)?.[1];
    if (!name) return;
    const leads = state.ways.length ? state.ways.filter((way) => way.rule === name).reduce((sum, way) => sum + way.count, 0) : undefined;
    const known = verdict?.rules.find((each) => each.rule === name);
    byLine.set(i + 1, { leads, fixtures: known?.after, fired: known ? !never.has(name) : undefined });
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

/** What the fixtures prove of these very files; any edit makes it unknown again. */
function proved(state, acts, may) {
  if (!may) return nothing;
  const { proof } = state;
  const known = proof?.verdict?.fixtures;
  return html`<section class="card stack" aria-label="Coverage" aria-live="polite"><div class="between"><h2>Coverage</h2>
    <button ?disabled=${proof?.running || state.reading.flaws.length > 0} @click=${acts.prove}>Run the fixtures</button></div>
    ${proof?.running ? busy('Running the fixtures') : proof?.problems ? proof.problems.map((line) => html`<pre class="flaw">${line}</pre>`)
      : known ? html`<p><span class="pill ${known.totals.pass === known.cases.length ? 'good' : 'bad'}">${known.totals.pass} of ${some(known.cases.length, 'fixture')} as expected</span>
        ${known.rules.neverFired.length ? html`<span class="pill wait">${some(known.rules.neverFired.length, 'rule')} fired by none</span>` : html`<span class="pill good">every rule is fired</span>`} <a href=${'#/replay/' + proof.id}>The whole verdict</a></p>
        ${known.rules.neverFired.length ? html`<ul class="small">${known.rules.neverFired.map((rule) => html`<li>${rule.rule} <a class="mono" href=${'#/rules?file=' + encodeURIComponent(rule.file) + '&line=' + rule.line}>${rule.file}:${rule.line}</a></li>`)}</ul>` : nothing}`
        : html`<p class="soft">In the margin of a rule stands how many leads of the last day it settled; after Run the fixtures also ✓ with how many of them it settles, or ✗ where none fires it.</p>`}</section>`;
}
