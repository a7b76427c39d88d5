// Styles that are computed, set one by one: a style attribute would be refused by the page's policy.

import { nothing } from 'lit-html';
import { Directive, directive } from 'lit-html/directive.js';

class Styled extends Directive {
  update(part, [styles]) {
    for (const [name, value] of Object.entries(styles)) part.element.style[name] = value;
    return nothing;
  }

  render() {
    return nothing;
  }
}

/** Stands in an element's tag: <div ${styled({ top: '3px' })}>. */
export const styled = directive(Styled);
