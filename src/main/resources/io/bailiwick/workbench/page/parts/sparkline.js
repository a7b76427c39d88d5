// The last day, and shares of a whole.

import { html, svg } from 'lit-html';

const TALL = 30;

/** Numbers as bars, the newest at the right; said is what a screen reader hears. */
export function sparkline(values, said) {
  const most = Math.max(1, ...values);
  // Whatever happened at all is to be seen.
  const high = (value) => (value ? Math.max(2.5, (value / most) * (TALL - 1)) : 0);
  return html`<svg class="spark" viewBox="0 0 ${values.length} ${TALL}" preserveAspectRatio="none" role="img" aria-label=${said}>
    ${svg`<path class="ground" d="M0,${TALL - 0.5}H${values.length}"></path>${values.map((value, i) => (value ? svg`<rect x=${i + 0.1} width="0.8" y=${TALL - high(value)} height=${high(value)}></rect>` : ''))}`}</svg>`;
}

/** The steps of a day up to now as so many numbers each; a step that is not told is 0. */
export function steps(now, kind) {
  const long = now.day.stepSeconds * 1000;
  const last = Math.floor(Date.parse(now.at) / long) * long;
  const counts = new Map(now.day.steps.map((step) => [Date.parse(step.from), step[kind]]));
  const many = 86_400_000 / long;
  return Array.from({ length: many }, (_, i) => counts.get(last - (many - 1 - i) * long) ?? 0);
}

/** A share of a whole, as a bar. */
export const bar = (part, whole) => html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
  ${svg`<rect width=${whole ? Math.min(100, (part / whole) * 100) : 0} height="4"></rect>`}</svg>`;
