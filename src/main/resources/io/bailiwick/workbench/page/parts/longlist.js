// A list of any length: only the rows in sight are in the page, and the next part is fetched before
// the reader comes to its end. On paper all that was fetched stands there.

import { html, nothing } from 'lit-html';
import { ref, createRef } from 'lit-html/directives/ref.js';
import { styled } from './styled.js';

const AHEAD = 8;
const paper = matchMedia('print');

/**
 * Makes one. parts: {name, columns, row(item), url(item)?, open(item)?, chosen(item)?, height, draw(), more()?};
 * answers {view(items, whole), focus(i)}.
 */
export function longlist(parts) {
  const box = createRef();
  let top = 0;
  let shown = 800;
  let items = [];
  let sought = Boolean(parts.chosen);
  const first = () => (paper.matches ? 0 : Math.max(0, Math.floor(top / parts.height) - AHEAD));
  const last = () => (paper.matches ? items.length : Math.min(items.length, Math.ceil((top + shown) / parts.height) + AHEAD));

  function scrolled(event) {
    top = event.target.scrollTop;
    shown = event.target.clientHeight;
    if (parts.more && last() >= items.length - AHEAD) parts.more();
    parts.draw();
  }

  function focus(i) {
    const to = Math.min(items.length - 1, Math.max(0, i));
    const list = box.value;
    if (!list || to < 0) return;
    if (to * parts.height < list.scrollTop) list.scrollTop = to * parts.height;
    else if ((to + 1) * parts.height > list.scrollTop + list.clientHeight) list.scrollTop = (to + 1) * parts.height - list.clientHeight;
    top = list.scrollTop;
    parts.draw();
    list.querySelector(`[data-i="${to}"]`)?.focus({ preventScroll: true });
  }

  /** The chosen one is to be seen when the list is first shown. */
  function seek() {
    const at = items.findIndex((item) => parts.chosen(item));
    if (at * parts.height < box.value.clientHeight - parts.height) return;
    box.value.scrollTop = at * parts.height - box.value.clientHeight / 2;
  }

  function keyed(event) {
    const at = Number(event.target.dataset?.i ?? -1);
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: 12, PageUp: -12 }[event.key];
    if (step && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      focus(at + step);
    } else if (event.key === 'Home') {
      event.preventDefault();
      focus(0);
    }
  }

  /** As a button does. */
  function pressed(event, item) {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    parts.open(item);
  }

  function row(item, i) {
    const style = styled({ top: i * parts.height + 'px', height: parts.height + 'px' });
    const inside = parts.row(item);
    return parts.url
      ? html`<a class="vrow ${parts.columns}" data-i=${i} href=${parts.url(item)} aria-current=${parts.chosen?.(item) ? 'true' : nothing} ${style}>${inside}</a>`
      : html`<div class="vrow ${parts.columns}" role="button" tabindex="0" data-i=${i} ${style}
          @click=${() => parts.open(item)} @keydown=${(e) => pressed(e, item)}>${inside}</div>`;
  }

  return {
    focus,
    view(all) {
      items = all;
      if (sought && items.length) {
        sought = false;
        queueMicrotask(() => box.value && seek());
      }
      const from = first();
      return html`<div class="vlist" tabindex="0" role="group" aria-label=${parts.name} ${ref(box)} @scroll=${scrolled} @keydown=${keyed}>
        <div class="room" ${styled({ height: items.length * parts.height + 'px' })}>
        ${items.slice(from, last()).map((item, i) => row(item, from + i))}</div></div>`;
    },
  };
}
