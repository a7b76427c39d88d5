// A workbook's sheets as grids, to be read: the cells as the rules are made of them. Nothing is
// written back, since that would lose what a spreadsheet keeps beside its cells.

import { html, nothing } from 'lit-html';
import { keep } from '../api.js';
import { count } from '../words.js';

const HEADS = /^(ruleset|ruletable|condition|action|metadata|name|description|priority|no-loop)/i;

/** reading: what the check answered; flawed rows are marked. */
export function sheets(path, base64, reading) {
  const grids = (reading.grids ?? []).filter((one) => one.file === path);
  const file = () => keep(new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], { type: 'application/octet-stream' }), path.split('/').pop());
  return html`<div class="stack"><p class="small soft">To be read here, not written: a workbook also holds formulas, formats and hidden sheets, which writing it back would lose. Change it in a spreadsheet program, and
    put it into the folder of rules or submit it by <code>PUT /v1/rules/NAME</code>. <button class="plain" @click=${file}>Download</button></p>
    ${grids.length ? grids.map((one) => sheet(one, reading)) : html`<p class="empty">It cannot be shown: see what is wrong, below.</p>`}</div>`;
}

function sheet(one, reading) {
  const name = `${one.file}!${one.sheet}`;
  const wrong = new Set(reading.flaws.filter((flaw) => flaw.file === name).map((flaw) => flaw.line));
  const wide = Math.max(1, ...one.rows.map((row) => row.cells.length));
  const letter = (i) => (i < 26 ? '' : letter(Math.floor(i / 26) - 1)) + String.fromCharCode(65 + (i % 26));
  const columns = Array.from({ length: wide }, (_, i) => i);
  return html`<div class="stack"><h3>${one.sheet}</h3><div class="scroll" tabindex="0" role="group" aria-label=${'Sheet ' + one.sheet}><table class="grid-table read"><caption class="unseen">${name}</caption>
    <thead><tr><th scope="col"><span class="unseen">Row</span></th>${columns.map((i) => html`<th scope="col">${letter(i)}</th>`)}</tr></thead>
    <tbody>${one.rows.map((row) => html`<tr class="${wrong.has(row.number) ? 'wrong' : ''} ${HEADS.test(row.cells.find(Boolean) ?? '') ? 'word' : ''}"><th scope="row">${row.number}${wrong.has(row.number) ? html`<span class="unseen"> wrong</span>` : nothing}</th>${columns.map((i) => html`<td>${row.cells[i] ?? ''}</td>`)}</tr>`)}</tbody></table></div>
    ${one.more ? html`<p class="small soft">And ${count(one.more)} rows more.</p>` : nothing}</div>`;
}
