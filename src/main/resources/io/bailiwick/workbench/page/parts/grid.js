// A table file as a grid: cells are edited where they stand, rows and columns stay CSV; what is wrong
// is marked at its row.

import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

const ROWS_MAX = 400;
const HEADS = /^\s*(ruleset|ruletable|condition|action|metadata|name|description|priority|date-)/i;

/** Commas or semicolons, as the first line that says something has them. */
const separator = (text) => {
  const head = text.split('\n').find((line) => line.trim() && !line.trim().startsWith('#')) ?? '';
  return head.includes(';') && !head.includes(',') ? ';' : ',';
};

/** CSV by RFC 4180 as rows of cells; each row knows the line it begins at, from 1. */
export function parse(text, between = separator(text)) {
  const rows = [];
  let row = [];
  let cell = '';
  let quoted = false;
  let line = 1;
  let begins = 1;
  const end = () => {
    row.push(cell);
    rows.push(Object.assign(row, { line: begins }));
    row = [];
    cell = '';
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '\n') line++;
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') cell += text[i++];
      else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"' && !cell.trim()) {
      cell = '';
      quoted = true;
    } else if (c === between) {
      row.push(cell);
      cell = '';
    } else if (c === '\n') {
      end();
      begins = line;
    } else if (c !== '\r' || text[i + 1] !== '\n') cell += c;
  }
  if (cell !== '' || row.length) end();
  return rows;
}

/** Rows of cells as CSV. */
export function write(rows, between = ',') {
  const quote = (cell) => (cell.includes(between) || /["\n\r]/.test(cell) ? '"' + cell.replaceAll('"', '""') + '"' : cell);
  return rows.map((row) => row.map(quote).join(between)).join('\n') + '\n';
}

/** The grid; edited(text) is called with the whole file, flaws are those of the file. */
export function grid({ path, text, edited, readOnly, flaws }) {
  const between = separator(text);
  const rows = parse(text, between);
  const shown = rows.slice(0, ROWS_MAX);
  const wide = Math.max(...rows.map((row) => row.length), 1);
  const save = (next) => edited(write(next, between));
  const set = (i, j, value) => {
    const next = rows.map((row) => [...row]);
    while (next[i].length <= j) next[i].push('');
    next[i][j] = value;
    save(next);
  };
  const head = rows.findIndex((row) => row.some((cell) => cell.trim()) && !row[0].trim().startsWith('#'));
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${'Table ' + path}><table class="grid-table"><caption class="unseen">${path}</caption><tbody>
    ${shown.map((row, i) => {
      const wrong = flaws.find((flaw) => flaw.line >= row.line && flaw.line < (rows[i + 1]?.line ?? Infinity));
      const look = wrong ? 'wrong' : row[0].trim().startsWith('#') ? 'note' : i === head || HEADS.test(row.find((cell) => cell.trim()) ?? '') ? 'word' : '';
      return html`<tr class=${look} title=${wrong ? wrong.message : nothing}><th scope="row">${i + 1}${wrong ? html`<span class="unseen"> wrong: ${wrong.message}</span>` : nothing}</th>
      ${Array.from({ length: wide }, (_, j) => html`<td><input .value=${live(row[j] ?? '')} ?readonly=${readOnly}
        aria-label=${`Row ${i + 1}, column ${j + 1}`} @change=${(e) => set(i, j, e.target.value)}></td>`)}
      ${readOnly ? nothing : html`<td class="end"><button class="plain" aria-label=${`Remove row ${i + 1}`} title="Remove this row" @click=${() => save(rows.filter((_, k) => k !== i))}>×</button></td>`}</tr>`;
    })}</tbody></table></div>
    <div class="tools mid"><button ?disabled=${readOnly} @click=${() => save([...rows, Array(wide).fill('')])}>Add a row</button>
    ${rows.length > ROWS_MAX ? html`<span class="soft small">The first ${ROWS_MAX} of ${rows.length} rows; the others as text.</span>` : nothing}</div>`;
}
