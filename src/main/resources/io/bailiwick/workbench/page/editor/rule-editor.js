// <rule-editor>: CodeMirror in a shadow root, where its styles are constructed style sheets, which
// the page's policy allows; a style element would be refused.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, GutterMarker, gutter, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { colours, completion, drl } from './drl.js';

const theme = EditorView.theme({
  '&': { height: '100%', fontSize: '13.5px', color: 'var(--ink)', backgroundColor: 'var(--sheet)' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--soft)', border: 'none', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--accent-wash)' },
  '.cm-selectionMatch, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-wash)', outline: '1px solid var(--accent)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-tooltip': { backgroundColor: 'var(--sheet)', color: 'var(--ink)', border: '1px solid var(--strong-line)', borderRadius: '6px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--accent-ink)' },
  '.cm-diagnostic-error': { borderLeft: '4px solid var(--bad)', color: 'var(--ink)' },
  '.cm-wins': { minWidth: '4.5ch', textAlign: 'right', paddingRight: '6px' },
  '.cm-wins .none': { color: 'var(--bad)', fontWeight: '700' },
  '.cm-wins .some': { color: 'var(--good)', fontWeight: '650' },
});

class Mark extends GutterMarker {
  constructor(text, look, title) {
    super();
    Object.assign(this, { text, look, title });
  }

  eq(other) {
    return other.text === this.text && other.title === this.title;
  }

  toDOM() {
    const said = document.createElement('span');
    said.className = this.look;
    said.textContent = this.text;
    said.title = this.title;
    return said;
  }
}

/** How many leads it settled. */
const settled = ({ leads }) => (leads === undefined ? null : new Mark(String(leads), leads ? 'some' : 'none', leads ? `${leads} leads of the last day` : 'No lead of the last day'));

/** Whether a fixture fires it. */
const proved = ({ fixtures, fired }) =>
  fired === undefined ? null : fired ? new Mark('✓' + (fixtures || ''), 'some', fixtures ? `It settles ${fixtures} fixtures` : 'A fixture fires it; another rule settles it') : new Mark('✗', 'none', 'No fixture fires it');

class RuleEditor extends HTMLElement {
  #view;
  #extra = new Compartment();
  #wins = new Compartment();
  #quiet = false;
  #file = '';
  #covered = '';
  words = () => ({ facts: [], territories: [] });

  connectedCallback() {
    if (this.#view) return;
    const root = this.attachShadow({ mode: 'open' });
    const box = document.createElement('div');
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(':host{display:block} div:first-child{height:100%}');
    root.adoptedStyleSheets = [sheet];
    root.append(box);
    this.#view = new EditorView({ parent: box, root, state: EditorState.create({ doc: '', extensions: this.#extensions() }) });
    // Whoever cannot type into it can still scroll it by keys.
    this.#view.scrollDOM.tabIndex = 0;
  }

  #extensions() {
    return [
      lineNumbers(), this.#wins.of([]), lintGutter(), highlightActiveLineGutter(), history(), bracketMatching(), closeBrackets(), highlightActiveLine(),
      drl, syntaxHighlighting(colours), theme, EditorView.lineWrapping, this.#extra.of([]),
      autocompletion({ override: [completion(() => this.words())], aboveCursor: false }),
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !this.#quiet) this.dispatchEvent(new CustomEvent('edited', { detail: update.state.doc.toString() }));
      }),
    ];
  }

  /** Shows a file's text; the same text again moves nothing. */
  show(file, text, readOnly) {
    if (this.#view.state.doc.toString() !== text || file !== this.#file) {
      this.#quiet = true;
      this.#view.setState(EditorState.create({ doc: text, extensions: this.#extensions() }));
      this.#quiet = false;
      this.#file = file;
      this.#covered = '';
    }
    const more = [EditorState.readOnly.of(readOnly), EditorView.contentAttributes.of({ 'aria-label': 'Text of ' + file })];
    this.#view.dispatch({ effects: this.#extra.reconfigure(more) });
  }

  /** Marks what is wrong, each with its line and column from 1. */
  mark(flaws) {
    const doc = this.#view.state.doc;
    const found = flaws.filter((one) => one.line > 0 && one.line <= doc.lines).map((one) => {
      const line = doc.line(one.line);
      const from = Math.min(line.to, line.from + Math.max(0, one.column - 1));
      return { from, to: Math.max(from, Math.min(line.to, from + 1)), severity: 'error', message: one.message };
    });
    this.#view.dispatch(setDiagnostics(this.#view.state, found));
  }

  /** Shows in the margin of rules, by their lines, what is known of each: {leads, fixtures, fired}. */
  cover(byLine) {
    const key = this.#file + JSON.stringify([...byLine]);
    if (key === this.#covered) return;
    this.#covered = key;
    const all = [...byLine.values()];
    const margin = (mark, spacer) => gutter({ class: 'cm-wins', lineMarker: (view, block) => {
      const known = byLine.get(view.state.doc.lineAt(block.from).number);
      return known ? mark(known) : null;
    }, initialSpacer: () => spacer });
    this.#view.dispatch({ effects: this.#wins.reconfigure([
      all.some((one) => one.leads !== undefined) ? margin(settled, new Mark('00', 'none', '')) : [],
      all.some((one) => one.fired !== undefined) ? margin(proved, new Mark('✓00', 'none', '')) : [],
    ]) });
  }

  /** Puts the cursor at a line and shows it. */
  reach(number) {
    const line = this.#view.state.doc.line(Math.min(this.#view.state.doc.lines, Math.max(1, number)));
    this.#view.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: 'center' }) });
  }

  /** Gives it the keyboard. */
  focus() {
    this.#view.focus();
  }
}

customElements.define('rule-editor', RuleEditor);
