// Hears what changes, by server-sent events. Read with fetch, since an EventSource cannot show a key.

import { headers } from './api.js';

const AGAIN_MS = 2000;

/** Three beats of the server: a line that is dead for longer is dead, though nobody said so. */
const SILENT_MS = 30000;

/** Listens until stopped; told.change(change), told.missed() and told.up(whether) are called. */
export function listen(told) {
  const stop = new AbortController();
  (async () => {
    let first = true;
    while (!stop.signal.aborted) {
      try {
        const answer = await fetch('/v1/events', { headers: headers(), signal: stop.signal });
        if (!answer.ok) throw new Error('status ' + answer.status);
        told.up(true);
        // What happened while nobody listened is not told again.
        if (!first) told.missed();
        first = false;
        await read(answer.body, told);
      } catch {
        // Said below: it is tried again, and the page shows that it does not hear.
      }
      if (stop.signal.aborted) return;
      told.up(false);
      await new Promise((go) => setTimeout(go, AGAIN_MS));
    }
  })();
  return () => stop.abort();
}

async function read(body, told) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await heard(reader);
      if (done) return;
      const parts = (rest + value).split('\n\n');
      rest = parts.pop();
      for (const part of parts) event(part, told);
    }
  } finally {
    // Else a line that only went silent would be held open.
    reader.cancel().catch(() => {});
  }
}

function heard(reader) {
  let timer;
  const silence = new Promise((heard, fail) => {
    timer = setTimeout(() => fail(new Error('silent')), SILENT_MS);
  });
  return Promise.race([reader.read(), silence]).finally(() => clearTimeout(timer));
}

function event(text, told) {
  const lines = text.split('\n');
  const of = (name) => lines.find((line) => line.startsWith(name))?.slice(name.length) ?? '';
  const kind = of('event: ');
  if (kind === 'change') told.change(JSON.parse(of('data: ')));
  else if (kind === 'missed') told.missed();
}
