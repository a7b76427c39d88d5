// Asks for a key where the service wants one.

import { html, nothing } from 'lit-html';
import { key } from './api.js';

/** known: a key was shown and not taken; then() tries again. */
export function signIn(known, then) {
  const submit = (event) => {
    event.preventDefault();
    key.set(new FormData(event.target).get('key').trim());
    then();
  };
  return html`<main id="main" tabindex="-1"><form class="card stack sign-in" @submit=${submit}>
    <h1>Bailiwick</h1>
    ${known ? html`<p class="flaw" role="alert">This key does not open, or opens no longer.</p>` : nothing}
    <div class="field"><label for="key">Your key</label>
      <input id="key" name="key" type="password" autocomplete="current-password" required placeholder="bw_…"></div>
    <p class="small soft">An operator makes it: <code>bailiwick keys add NAME --role analyst</code>. It is kept for this tab alone.</p>
    <div class="ends"><button class="first">Sign in</button></div></form></main>
    <div id="notices" role="status" aria-live="polite"></div>`;
}
