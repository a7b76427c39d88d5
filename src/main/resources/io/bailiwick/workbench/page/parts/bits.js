// The small things that every page has: pills, times, heads, empty places, what went wrong.

import { html, nothing } from 'lit-html';
import { STATUS, age, clock, day, plain } from '../words.js';

/** A lead's status with its reason. */
export const status = (lead) =>
  html`<span class="pill ${STATUS[lead.status] ?? ''}">${lead.status}</span>`;

/** Why it stands there: reason and blocker. */
export const reason = (lead) =>
  lead.reason ? html`${plain(lead.reason)}${lead.blocker ? html`: <b>${plain(lead.blocker)}</b>` : nothing}` : nothing;

/** An instant, told as an age; the whole of it on hover. */
export const ago = (instant) =>
  instant ? html`<time datetime=${instant} title=${day(instant)}>${age(instant)} ago</time>` : nothing;

const INSTANT = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/;

/** A sentence of the service, its instants as people read them. */
export const told = (text) =>
  (text ?? '').split(INSTANT).map((part, i) => (i % 2 ? html`<time datetime=${part} title=${day(part)}>${near(part) ? clock(part) : day(part)}</time>` : part));

const near = (instant) => Math.abs(Date.parse(instant) - Date.now()) < 12 * 3_600_000;

/** A page's head: what it is, what is to be done here. */
export const head = (title, said, tools = nothing) =>
  html`<div class="head"><div><h1>${title}</h1>${said ? html`<p>${said}</p>` : nothing}</div><div class="tools mid">${tools}</div></div>`;

/** What went wrong, where the page would be. */
export const trouble = (failure) =>
  html`<div class="banner bad" role="alert"><div><b>${failure.message}</b>${failure.errors?.length
    ? html`<ul>${failure.errors.map((one) => html`<li><pre>${one.detail}</pre></li>`)}</ul>` : nothing}</div></div>`;

/** A place of a rule, as a way to it. */
export const place = (file, line) =>
  html`<a class="mono" href=${'#/rules?file=' + encodeURIComponent(file) + '&line=' + line}>${file}:${line}</a>`;

/** While something is fetched. */
export const busy = (what = 'Loading') => html`<p class="empty" role="status">${what}…</p>`;
