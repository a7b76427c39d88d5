// How rules are coloured, and what fits where one types.

import { HighlightStyle, StreamLanguage } from '@codemirror/language';
import { tags } from '@lezer/highlight';

const KEYWORDS = new Set(['rule', 'when', 'then', 'end', 'salience', 'package', 'import', 'enabled', 'date-effective', 'date-expires']);
const OPERATORS = new Set(['in', 'not', 'matches', 'contains', 'memberOf', 'str', 'exists', 'null', 'true', 'false', 'and', 'or']);

function token(stream, state) {
  if (state.comment) {
    if (stream.skipTo('*/')) {
      stream.match('*/');
      state.comment = false;
    } else stream.skipToEnd();
    return 'comment';
  }
  if (stream.eatSpace()) return null;
  if (stream.match('//')) {
    stream.skipToEnd();
    return 'comment';
  }
  if (stream.match('/*')) {
    state.comment = true;
    return 'comment';
  }
  if (stream.match(/"(?:[^"\\]|\\.)*"?/)) return 'string';
  if (stream.match(/-?\d[\d_]*/)) return 'number';
  if (stream.match(/\$[\w]+/)) return 'variableName';
  const word = stream.match(/[A-Za-z_][\w-]*/);
  if (word) {
    if (KEYWORDS.has(word[0])) return 'keyword';
    if (OPERATORS.has(word[0])) return 'operatorKeyword';
    if (word[0] === 'route') return 'function';
    return /^[A-Z]/.test(word[0]) ? 'typeName' : 'propertyName';
  }
  stream.next();
  return 'operator';
}

/** Rules as analysts write them: a positive subset of DRL. */
export const drl = StreamLanguage.define({
  name: 'drl',
  startState: () => ({ comment: false }),
  token,
  languageData: { commentTokens: { line: '//', block: { open: '/*', close: '*/' } }, closeBrackets: { brackets: ['(', '[', '"'] } },
  tokenTable: { function: tags.function(tags.variableName) },
});

/** Colours of the page's own theme. */
export const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent)', fontWeight: '650' },
  { tag: tags.operatorKeyword, color: 'var(--accent)' },
  { tag: tags.string, color: 'var(--good)' },
  { tag: tags.number, color: 'var(--wait)' },
  { tag: tags.comment, color: 'var(--soft)', fontStyle: 'italic' },
  { tag: tags.typeName, color: 'var(--move)', fontWeight: '600' },
  { tag: tags.function(tags.variableName), color: 'var(--bad)' },
  { tag: tags.variableName, color: 'var(--bad)' },
]);

const SKELETON = 'rule "Name"\n    salience 50\nwhen\n    Lead( country == "US" )\n    $t : Territory( name == "" )\nthen\n    route.to($t);\nend\n';
const ACTIONS = ['route.to($t);', 'route.queue("word");', 'route.queueUntil("by_rule", "word", $at);'];

/** Completes facts, fields, values and territories; words() gives {facts, territories}. */
export function completion(words) {
  return (context) => {
    const { facts, territories } = words();
    const before = context.state.sliceDoc(Math.max(0, context.pos - 2000), context.pos);
    const text = context.matchBefore(/"[^"\n]*/);
    const inside = /([A-Z]\w*)\s*\([^()]*(?:\([^()]*\)[^()]*)*$/.exec(before);
    const fact = inside && facts.find((one) => one.name === inside[1]);
    if (text) return ofText(text, before, fact, territories);
    const word = context.matchBefore(/[\w$.-]+/);
    if (!word && !context.explicit) return null;
    const from = word ? word.from : context.pos;
    if (fact) {
      return { from, options: fact.fields.map((one) => ({ label: one.name, type: 'property', info: one.told })) };
    }
    return {
      from,
      options: [
        ...facts.map((one) => ({ label: one.name, apply: one.name + '( ', type: 'class', info: one.fields.map((field) => field.name).join(', ') })),
        ...[...KEYWORDS].map((one) => ({ label: one, type: 'keyword' })),
        ...ACTIONS.map((one) => ({ label: one, type: 'function' })),
        { label: 'rule …', apply: SKELETON, type: 'text', info: 'A whole rule to begin with' },
      ],
    };
  };
}

/** Within quotes: territories where a territory's name is asked, else the values a field can have. */
function ofText(text, before, fact, territories) {
  const field = /(\w+)\s*(?:==|!=|in|not in)\s*\(?[^()]*$/.exec(before)?.[1];
  const known = fact?.fields.find((one) => one.name === field);
  const values = fact?.name === 'Territory' && field === 'name' ? territories : (known?.values ?? []);
  return values.length ? { from: text.from + 1, options: values.map((label) => ({ label, type: 'constant' })), validFor: /^[^"]*$/ } : null;
}
