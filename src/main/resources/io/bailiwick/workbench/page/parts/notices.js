// Short words on what was just done, read out by screen readers, gone after a while.

import { html, render } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';

const LASTS_MS = 7000;
let all = [];
let last = 0;

function draw() {
  const place = document.getElementById('notices');
  if (!place) return;
  render(repeat(all, (one) => one.id, (one) => html`<div class="notice fades ${one.bad ? 'bad' : ''}">
    <span>${one.text}</span><button aria-label="Dismiss" @click=${() => forget(one.id)}>×</button></div>`), place);
}

function forget(id) {
  all = all.filter((one) => one.id !== id);
  draw();
}

/** Says it; what went wrong stays until it is dismissed. */
export function say(text, bad = false) {
  const id = ++last;
  all = [...all.slice(-3), { id, text, bad }];
  draw();
  if (!bad) setTimeout(() => forget(id), LASTS_MS);
}

/** Does it, and says what came of it; answers whether it went well. */
export async function attempt(work, done) {
  try {
    const result = await work();
    if (done) say(typeof done === 'function' ? done(result) : done);
    return true;
  } catch (failure) {
    say(failure.errors?.length ? failure.message + ' ' + failure.errors.map((one) => one.detail).join(' · ') : failure.message, true);
    return false;
  }
}
