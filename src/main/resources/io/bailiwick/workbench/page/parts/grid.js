// A table file as a grid: cells are edited where they stand, rows and columns stay CSV.

import { html } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

const ROWS_MAX = 400;

/** CSV by RFC 4180 as rows of cells. */
export function parse(text) {
  const rows = [];
  let row = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') cell += text[i++];
      else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"') quoted = true;
    else if (c === ',') {
      row.push(cell);
      cell = '';
    } else if (c === '\n' || c === '\r') {
      if (c === '\r' && text[i + 1] === '\n') i++;
      rows.push([...row, cell]);
      row = [];
      cell = '';
    } else cell += c;
  }
  if (cell !== '' || row.length) rows.push([...row, cell]);
  return rows;
}

const quote = (cell) => (/[",\n\r]/.test(cell) ? '"' + cell.replaceAll('"', '""') + '"' : cell);

/** Rows of cells as CSV. */
export const write = (rows) => rows.map((row) => row.map(quote).join(',')).join('\n') + '\n';

/** The grid; edited(text) is called with the whole file. */
export function grid(path, text, edited, readOnly) {
  const rows = parse(text);
  const shown = rows.slice(0, ROWS_MAX);
  const wide = Math.max(...rows.map((row) => row.length), 1);
  const set = (i, j, value) => {
    const next = rows.map((row) => [...row]);
    while (next[i].length <= j) next[i].push('');
    next[i][j] = value;
    edited(write(next));
  };
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${'Table ' + path}><table class="grid-table"><caption class="unseen">${path}</caption><tbody>
    ${shown.map((row, i) => html`<tr>${Array.from({ length: wide }, (_, j) => html`<td><input .value=${live(row[j] ?? '')} ?readonly=${readOnly}
      aria-label=${`Row ${i + 1}, column ${j + 1}`} @change=${(e) => set(i, j, e.target.value)}></td>`)}</tr>`)}</tbody></table></div>
    <div class="tools mid"><button ?disabled=${readOnly} @click=${() => edited(write([...rows, Array(wide).fill('')]))}>Add a row</button>
    ${rows.length > ROWS_MAX ? html`<span class="soft small">The first ${ROWS_MAX} of ${rows.length} rows; the others as text.</span>` : ''}</div>`;
}
