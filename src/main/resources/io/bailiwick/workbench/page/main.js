// Begins: who asks, which page, and what is heard while it is open.

import { html, render, nothing } from 'lit-html';
import { here } from './address.js';
import { get, key, onUnknown } from './api.js';
import { frame, PAGES } from './frame.js';
import { keyboard } from './keyboard.js';
import { listen } from './live.js';
import { signIn } from './sign-in.js';
import { trouble } from './parts/bits.js';

const app = document.getElementById('app');
const state = { session: null, live: false, counts: {}, page: null, name: '', place: '', wrong: null };
let stopListening = () => {};

/** What a page is given: who asks, where it is, and how it is drawn again. */
function context() {
  return { session: state.session, ...here(), draw, may: (...roles) => roles.includes(state.session.role) };
}

function draw() {
  if (!state.session) {
    render(signIn(key.get() !== null, begin), app);
    return;
  }
  let inside;
  try {
    inside = state.wrong ? trouble(state.wrong) : (state.page?.view() ?? nothing);
  } catch (failure) {
    console.error(failure);
    inside = trouble(failure);
  }
  render(frame(state, inside, signOut), app);
  document.title = (state.page?.title ? state.page.title + ' · ' : '') + 'Bailiwick';
}

/** Opens the page that the URL says, unless it is open and only its query changed, or what of it is
 * chosen where the page can show another one by itself. */
async function follow() {
  const now = here();
  const place = now.page + '/' + now.id;
  if (state.page && state.place === place && state.page.moved) {
    state.page.moved(now.query);
    draw();
    return;
  }
  if (state.page?.goes && state.name === now.page) {
    state.place = place;
    state.page.goes(now.id, now.query);
    draw();
    return;
  }
  state.page?.close?.();
  Object.assign(state, { page: null, place, name: now.page, wrong: null });
  const known = PAGES.find((one) => one.name === now.page) ?? (now.page === 'lead' ? { file: 'lead' } : null);
  if (!known) {
    state.wrong = new Error('There is no page of that name.');
    draw();
    return;
  }
  draw();
  try {
    const module = await import(`./pages/${known.file}.js`);
    if (state.place !== place) return;
    state.page = module.page(context());
    draw();
    document.getElementById('main')?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  } catch (failure) {
    state.wrong = failure;
    draw();
  }
}

async function counts() {
  try {
    const now = await get('/v1/overview');
    const sum = (list) => list.reduce((all, one) => all + one.count, 0);
    state.counts = {
      leads: sum(now.waiting.filter((one) => one.status === 'queued')),
      letters: sum(now.parked),
      territories: now.territories.length,
      rules: now.rules.candidates.length,
    };
    draw();
  } catch {
    // The page itself says what is wrong; the numbers beside the ways stay as they were.
  }
}

let waiting = null;

/** At most every second, however much happens. */
function countsSoon() {
  waiting ??= setTimeout(() => {
    waiting = null;
    counts();
  }, 1000);
}

async function begin() {
  try {
    const session = await get('/v1/session');
    if (!['viewer', 'analyst', 'operator'].includes(session.role)) {
      draw();
      return;
    }
    state.session = session;
  } catch (failure) {
    if (failure.status !== 401 && failure.status !== 403) {
      render(html`<main>${trouble(failure)}</main>`, app);
      setTimeout(begin, 3000);
    }
    return;
  }
  stopListening();
  stopListening = listen({
    change(change) {
      state.page?.changed?.(change);
      countsSoon();
    },
    missed() {
      state.page?.changed?.({ topics: ['leads', 'territories', 'rules', 'audits', 'jobs', 'sending'], leads: [], more: true });
      countsSoon();
    },
    up(whether) {
      state.live = whether;
      draw();
    },
  });
  follow();
  counts();
}

function signOut() {
  key.set(null);
  stopListening();
  state.page?.close?.();
  Object.assign(state, { session: null, page: null, place: '' });
  draw();
  begin();
}

onUnknown(() => {
  if (state.session) stopListening();
  Object.assign(state, { session: null, page: null, place: '' });
  draw();
});
addEventListener('hashchange', () => state.session && follow());
matchMedia('print').addEventListener('change', draw);
setInterval(() => state.session && document.visibilityState === 'visible' && draw(), 10_000);
keyboard();
begin();
