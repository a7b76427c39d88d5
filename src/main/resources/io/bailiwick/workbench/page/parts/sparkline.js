// A line of the last day.

import { html, svg } from 'lit-html';

/** Numbers as a line; said is what a screen reader hears. */
export function sparkline(values, said) {
  const points = values.length > 1 ? values : [0, ...values];
  const most = Math.max(1, ...points);
  const at = (value, i) => `${((i / (points.length - 1)) * 100).toFixed(2)},${(29 - (value / most) * 26).toFixed(2)}`;
  const line = 'M' + points.map(at).join('L');
  return html`<svg class="spark" viewBox="0 0 100 30" preserveAspectRatio="none" role="img" aria-label=${said}>
    ${svg`<path class="area" d=${line + 'L100,30L0,30Z'}></path><path class="line" d=${line}></path>`}</svg>`;
}

/** A share of a whole, as a bar. */
export const bar = (part, whole) => html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
  ${svg`<rect width=${whole ? Math.min(100, (part / whole) * 100) : 0} height="4"></rect>`}</svg>`;
