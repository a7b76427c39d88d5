// The lines that differ between two texts.

import { html } from 'lit-html';

const AROUND = 2;
const LINES_MAX = 4000;

/** Each line as {sign: ' ', '-' or '+', text}, by the longest common run of lines. */
export function lines(before, after) {
  const a = before.split('\n').slice(0, LINES_MAX);
  const b = after.split('\n').slice(0, LINES_MAX);
  let top = 0;
  while (top < a.length && top < b.length && a[top] === b[top]) top++;
  let end = 0;
  while (end < a.length - top && end < b.length - top && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const left = a.slice(top, a.length - end);
  const right = b.slice(top, b.length - end);
  return [...a.slice(0, top).map(same), ...common(left, right), ...a.slice(a.length - end).map(same)];
}

const same = (text) => ({ sign: ' ', text });

function common(a, b) {
  const long = a.map(() => new Uint16Array(b.length + 1));
  long.push(new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) long[i][j] = a[i] === b[j] ? long[i + 1][j + 1] + 1 : Math.max(long[i + 1][j], long[i][j + 1]);
  }
  const all = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      all.push(same(a[i++]));
      j++;
    } else if (i < a.length && (j >= b.length || long[i + 1][j] >= long[i][j + 1])) all.push({ sign: '-', text: a[i++] });
    else all.push({ sign: '+', text: b[j++] });
  }
  return all;
}

/** The differing lines with a few around them. */
export function difference(path, before, after) {
  const all = lines(before ?? '', after ?? '');
  const near = all.map((_, i) => all.slice(Math.max(0, i - AROUND), i + AROUND + 1).some((one) => one.sign !== ' '));
  const shown = [];
  all.forEach((one, i) => {
    if (near[i]) shown.push(one);
    else if (shown.length === 0 || shown.at(-1).sign !== '…') shown.push({ sign: '…', text: '' });
  });
  const look = { '+': 'add', '-': 'del', '…': 'gap', ' ': '' };
  return html`<section aria-label=${'Changes of ' + path}><h3 class="mono">${path}</h3><div class="diff" tabindex="0" role="group" aria-label=${'Lines of ' + path}>
    ${shown.map((one) => html`<div class=${look[one.sign]}>${one.sign} ${one.text}</div>`)}</div></section>`;
}
