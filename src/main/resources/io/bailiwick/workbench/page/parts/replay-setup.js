// Which rules beside which, over which leads.

import { html, nothing } from 'lit-html';
import * as draft from '../draft.js';
import { short } from '../words.js';
import { say } from './notices.js';

const FILE_MAX = 700_000;

/** Makes the form; start(wish) is called with what was chosen. */
export function setup(ctx, { start }) {
  let standing = null;
  let leads = 'fixtures';
  let running = false;

  async function submit(event) {
    event.preventDefault();
    const said = new FormData(event.target);
    const wish = { base: said.get('base'), candidate: said.get('candidate') === '*draft' ? draft.upload() : said.get('candidate'), leads, mutants: said.get('mutants') !== null };
    if (leads === 'history') wish.history = said.get('history');
    if (leads === 'file') {
      const file = said.get('file');
      if (!file.size || file.size > FILE_MAX) return say(file.size ? 'The file is too large for the page; bailiwick replay --leads takes it.' : 'Choose a file.', true);
      wish.file = { name: named(file.name), base64: await base64(file) };
    }
    running = true;
    ctx.draw();
    await start(wish);
    running = false;
    ctx.draw();
  }

  return {
    begin(now) {
      standing = now;
    },
    view(folded) {
      if (!standing) return nothing;
      const versions = [...new Map(standing.versions.map((one) => [one.hash, one])).values()];
      const version = (chosen) => (one) => html`<option value=${one.hash} ?selected=${one.hash === chosen}>version ${short(one.hash)}${one.hash === standing.serving ? ' (serves)' : ''}</option>`;
      const mine = draft.now() && draft.changed();
      const wanted = ctx.query.candidate;
      const inside = html`<form class="tools" @submit=${submit}>
        <div class="field"><label for="r-candidate">Candidate</label><select id="r-candidate" name="candidate">
          ${mine ? html`<option value="*draft" ?selected=${!wanted}>as edited here</option>` : nothing}
          ${standing.candidates.filter((one) => one.state !== 'refused').map((one) => html`<option value=${one.name} ?selected=${one.name === wanted}>candidate ${one.name}</option>`)}${versions.map(version(wanted))}</select></div>
        <div class="field"><label for="r-base">Base</label><select id="r-base" name="base"><option value="serving">what serves</option>${versions.map(version(ctx.query.base))}</select></div>
        <div class="field"><label for="r-leads">Leads</label><select id="r-leads" name="leads" @change=${(e) => {
          leads = e.target.value;
          ctx.draw();
        }}><option value="fixtures">its fixtures</option><option value="history">recorded leads</option><option value="file">an export</option></select></div>
        ${leads === 'history' ? html`<div class="field"><label for="r-history">Of the last</label><input id="r-history" name="history" value="7d" size="6"></div>` : nothing}
        ${leads === 'file' ? html`<div class="field"><label for="r-file">CSV, XLSX or JSON</label><input id="r-file" name="file" type="file" accept=".csv,.tsv,.xlsx,.json,.ndjson,.jsonl,.gz,.zip"></div>` : nothing}
        <label class="tick"><input type="checkbox" name="mutants"> mutants and suggested fixtures</label>
        <button class="first" ?disabled=${running}>Replay</button></form>`;
      return html`<section class="card" aria-label="What is compared">${folded ? html`<details><summary>Another replay</summary>${inside}</details>` : inside}</section>`;
    },
  };
}

/** Only the dots of its ending are kept, by which it is known what it is. */
function named(name) {
  const ending = /\.(?:json|ndjson|jsonl|csv|tsv|xlsx)(?:\.(?:gz|bz2|zip))?$/i.exec(name)?.[0] ?? '';
  return (name.slice(0, name.length - ending.length).replaceAll('.', '-') || 'leads') + ending.toLowerCase();
}

async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}
