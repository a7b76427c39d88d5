// From a change to what serves: submit it as a candidate, which is compiled, analysed and proved;
// then publish it, with a second person where the service asks for one.

import { post, put } from '../api.js';
import * as draft from '../draft.js';
import { short } from '../words.js';
import { ask } from './dialog.js';
import { attempt, say } from './notices.js';

/** Asks for a name and submits what is changed; answers whether it was taken. */
export async function submit(ctx) {
  const said = await ask({ title: 'Submit as a candidate', said: 'It is compiled, analysed and proved by its fixtures. It serves only when it is published.',
    fields: [{ name: 'name', label: 'Its name: a-z, 0-9, dot, dash', value: suggested(ctx), needed: true }], button: 'Submit' });
  if (!said) return false;
  say('The candidate is being compiled and proved…');
  return attempt(async () => {
    const candidate = await put('/v1/rules/' + encodeURIComponent(said.name), draft.upload());
    draft.settled(candidate.name, 'candidate ' + candidate.name);
    return candidate;
  }, () => `Candidate ${said.name} is proved and waits for approval.`);
}

const suggested = (ctx) => (ctx.session.who ?? 'change').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') + '-' + new Date().toISOString().slice(5, 16).replace(/[^0-9]/g, '');

/** Asks, and publishes a candidate or an earlier version; answers whether it serves. */
export async function publish(ctx, { candidate, hash, said }) {
  const answer = await ask({ title: `Publish ${said}?`, button: 'Publish',
    said: `Version ${short(hash)} serves from then on, and waiting leads that other rules can move are judged again.${ctx.session.fourEyes && candidate ? ' Whoever brought it may not publish it.' : ''}` });
  if (!answer) return false;
  return attempt(() => post('/v1/rules/publish', candidate ? { candidate, hash } : { hash }), `${said} serves now.`);
}
