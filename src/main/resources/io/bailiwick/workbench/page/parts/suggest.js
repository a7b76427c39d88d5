// Fixtures that would notice what none notices now: proposed on request, looked at, and the chosen
// ones added to what is being edited.

import { html, nothing } from 'lit-html';
import * as draft from '../draft.js';
import { post } from '../api.js';
import { attempt, say } from './notices.js';

/** The button that asks for them; again() looks at the replay anew. */
export function suggestButton(replay, again) {
  if (replay.mutants === 'done' || replay.state !== 'done') return nothing;
  const running = replay.mutants === 'running';
  const ask = () => attempt(() => post(`/v1/replays/${encodeURIComponent(replay.id)}/mutants`)).then(again);
  return html`<button ?disabled=${running} @click=${ask}>${running ? 'Looking for fixtures…' : 'Suggest fixtures'}</button>`;
}

/** What is suggested, each to be ticked; may says whether they can be added. */
export function suggested(replay, may) {
  const all = replay.verdict.mutation.suggested;
  const add = (event) => {
    event.preventDefault();
    const chosen = new FormData(event.target).getAll('fixture').map((i) => all[Number(i)]);
    if (chosen.length) take(replay, chosen);
    else say('Choose at least one.', true);
  };
  return html`<section class="card stack" aria-label="Suggested fixtures"><h2>Suggested fixtures</h2>${all.length
    ? html`<p class="small soft">Each notices a small mistake that no fixture notices now. What it expects is what is decided now: look at each before you take it.</p>
      <form class="stack" @submit=${add}><ul class="list most">${all.map((one, i) => html`<li><label class="tick"><input type="checkbox" name="fixture" value=${i} ?disabled=${!may}> <b>${one.name}</b></label>
      <div class="small soft">expects ${told(one.expect)}</div><pre class="small">${JSON.stringify(one.lead)}</pre></li>`)}</ul>
      ${may ? html`<div class="ends"><button class="first">Add the chosen ones</button></div>` : nothing}</form>`
    : html`<p class="empty">None is missing.</p>`}</section>`;
}

const told = (expect) => [expect.status, expect.territory, expect.reason, expect.blocker].filter(Boolean).join(', ') + (expect.rule ? ` by "${expect.rule}"` : '');

/** Into the draft; where nothing is being edited, one begins from the rules that were replayed. */
async function take(replay, chosen) {
  await attempt(async () => {
    if (!draft.now() || (!draft.changed() && draft.now().hash !== replay.candidate.hash)) await draft.begin(...origin(replay));
    const at = chosen[0].at;
    const leads = chosen.map(({ name, lead, expect }) => ({ name, lead, expect: Object.fromEntries(Object.entries(expect).filter(([, value]) => value !== null)) }));
    draft.write('fixtures', free(`leads/suggested-${new Date().toISOString().slice(0, 10)}`), text(at, leads));
    say(`${chosen.length} fixtures are added to what is edited here. Rules → Changes shows them; Submit as a candidate proves them.`);
  });
}

/** A candidate is opened by its name, a version by its hash; what was edited elsewhere is not known
 * here, so its base is. */
function origin({ base, candidate }) {
  const name = /^candidate (.+)$/.exec(candidate.said)?.[1];
  if (name) return [name, candidate.said];
  return candidate.said === 'as edited' ? [base.hash, base.said] : [candidate.hash, candidate.said];
}

/** A lead a line, as the service writes them. */
const text = (at, leads) => `{"at":${JSON.stringify(at)},\n "leads":[\n  ${leads.map((one) => JSON.stringify(one)).join(',\n  ')}]}\n`;

function free(path) {
  const taken = draft.now().fixtures;
  for (let i = 1; ; i++) {
    const name = `${path}${i > 1 ? '-' + i : ''}.json`;
    if (!(name in taken)) return name;
  }
}
