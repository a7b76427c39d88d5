// A lead's own values, as text whatever they are.

import { html } from 'lit-html';

/** The fields a lead may have, in the order in which people read them. */
export const FIELDS = ['module', 'source', 'email', 'firstName', 'lastName', 'phone', 'company', 'website', 'country', 'region',
  'city', 'postalCode', 'industry', 'employees', 'annualRevenue', 'language', 'product', 'campaign'];

export const NUMBERS = ['employees', 'annualRevenue'];

/** What it has, field by field. */
export function values(lead) {
  const has = FIELDS.filter((name) => lead[name] != null && lead[name] !== '');
  const more = Object.entries(lead.attributes ?? {});
  return html`<dl class="facts">${has.map((name) => html`<dt>${name}</dt><dd>${String(lead[name])}</dd>`)}
    ${more.map(([name, value]) => html`<dt>${name}</dt><dd>${typeof value === 'object' ? JSON.stringify(value) : String(value)}</dd>`)}</dl>`;
}
