// How things are called and how times are told; one word for one thing, as in the JSON.

/** What each status looks like. */
export const STATUS = {
  accepted: '', decided: 'move', sending: 'move', assigned: 'good',
  queued: 'wait', parked: 'bad', superseded: '', erased: '',
};

/** territory_not_ready as people read it. */
export const plain = (word) => (word || '').replaceAll('_', ' ');

/** 12,345 */
export const count = (number) => (number ?? 0).toLocaleString('en-US');

/** 1 lead, 12,345 leads */
export const some = (number, one, more = one + 's') => count(number) + ' ' + (number === 1 ? one : more);

/** How long ago, in the largest unit that says something: 4 min, 3 h, 2 d. */
export function age(instant, now = Date.now()) {
  if (!instant) return '';
  return span(now - Date.parse(instant));
}

/** How long from now. */
export const until = (instant, now = Date.now()) => (instant ? span(Date.parse(instant) - now) : '');

/** A length of time. */
export function span(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return seconds + ' s';
  if (seconds < 3600) return Math.round(seconds / 60) + ' min';
  if (seconds < 48 * 3600) return Math.round(seconds / 3600) + ' h';
  return Math.round(seconds / 86400) + ' d';
}

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false });

/** 14:02:11 */
export const clock = (instant) => (instant ? CLOCK.format(new Date(instant)) : '');

/** 26 Nov 2026, 14:02 */
export const day = (instant) => (instant ? DAY.format(new Date(instant)) : '');

/** The first digits of a hash, as many as people compare. */
export const short = (hash) => (hash || '').slice(0, 12);
