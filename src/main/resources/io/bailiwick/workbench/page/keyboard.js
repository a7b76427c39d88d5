// Keys that work on every page.

import { html } from 'lit-html';
import { go } from './address.js';
import { PAGES } from './frame.js';
import { drawer } from './parts/dialog.js';

const typing = (event) =>
  event.target.closest?.('input, select, textarea, [contenteditable], rule-editor') || event.ctrlKey || event.metaKey || event.altKey;

/** Begins to listen. */
export function keyboard() {
  let after = 0;
  addEventListener('keydown', (event) => {
    if (typing(event) || document.querySelector('dialog[open]')) return;
    if (event.key === 'g') {
      after = Date.now();
      return;
    }
    const page = Date.now() - after < 1500 && PAGES.find((one) => one.key === event.key);
    after = 0;
    if (page) {
      event.preventDefault();
      go(page.name);
    } else if (event.key === '/') {
      const search = document.querySelector('main input[type="search"]');
      if (search) {
        event.preventDefault();
        search.focus();
      }
    } else if (event.key === '?') {
      help();
    }
  });
}

function help() {
  drawer('Keys', () => html`<table><caption class="unseen">Keys and what they do</caption><thead><tr><th>Key</th><th>Does</th></tr></thead><tbody>
    ${PAGES.map((one) => html`<tr><td><kbd>g</kbd> <kbd>${one.key}</kbd></td><td>${one.title}</td></tr>`)}
    <tr><td><kbd>/</kbd></td><td>To the search of the page</td></tr>
    <tr><td><kbd>j</kbd> <kbd>k</kbd></td><td>Down and up in a list; <kbd>Enter</kbd> opens</td></tr>
    <tr><td><kbd>Ctrl</kbd> <kbd>Space</kbd></td><td>In the editor: what fits here</td></tr>
    <tr><td><kbd>Esc</kbd></td><td>Closes what is open; <kbd>Tab</kbd> leaves the editor</td></tr></tbody></table>`);
}
