// Asks before something is done, with the fields it needs; the browser's own dialog keeps the
// keyboard inside and gives it back.

import { html, render, nothing } from 'lit-html';

/**
 * Shows a dialog; answers what was entered, or null where the person turned back.
 * fields: {name, label, value?, kind?: text|select|area, options?, needed?}
 */
export function ask({ title, said, fields = [], button = 'OK', danger = false }) {
  return new Promise((answer) => {
    const dialog = document.createElement('dialog');
    document.body.append(dialog);
    const close = (value) => {
      dialog.close();
      dialog.remove();
      answer(value);
    };
    const submit = (event) => {
      event.preventDefault();
      close(Object.fromEntries(new FormData(event.target)));
    };
    render(html`<form @submit=${submit} aria-label=${title}>
      <h2>${title}</h2>${said ? html`<p class="soft">${said}</p>` : nothing}
      ${fields.map((one) => html`<div class="field"><label for=${'ask-' + one.name}>${one.label}</label>${entry(one)}</div>`)}
      <div class="ends"><button type="button" @click=${() => close(null)}>Cancel</button>
      <button class=${danger ? 'danger' : 'first'}>${button}</button></div></form>`, dialog);
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      close(null);
    });
    dialog.showModal();
  });
}

function entry(one) {
  const id = 'ask-' + one.name;
  if (one.kind === 'select') {
    return html`<select id=${id} name=${one.name}>${one.options.map((each) => html`<option ?selected=${each === one.value}>${each}</option>`)}</select>`;
  }
  if (one.kind === 'area') return html`<textarea id=${id} name=${one.name} rows="6">${one.value ?? ''}</textarea>`;
  return html`<input id=${id} name=${one.name} .value=${one.value ?? ''} ?required=${one.needed} autocomplete="off">`;
}

/** A drawer at the right, drawn by view(close); answers a function that draws it again. */
export function drawer(title, view, closed = () => {}) {
  const dialog = document.createElement('dialog');
  dialog.className = 'drawer';
  dialog.setAttribute('aria-label', title);
  document.body.append(dialog);
  const close = () => dialog.close();
  const draw = () => render(html`<div class="stack"><div class="between"><h2>${title}</h2>
    <button @click=${close}>Close</button></div>${view(close)}</div>`, dialog);
  dialog.addEventListener('close', () => {
    dialog.remove();
    closed();
  });
  draw();
  dialog.showModal();
  return draw;
}
