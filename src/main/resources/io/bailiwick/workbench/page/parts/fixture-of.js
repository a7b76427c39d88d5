// A recorded lead as a fixture without the person, kept in this tab until it goes with a candidate.

import { get } from '../api.js';
import { say } from './notices.js';

const KEPT = 'bailiwick.fixtures';

/** Makes it, and says where it is; throws where none can be made. */
export async function fixtureOf(lead) {
  const made = await get(`/v1/leads/${encodeURIComponent(lead)}/fixture`);
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? '[]');
  sessionStorage.setItem(KEPT, JSON.stringify([...kept, { lead, name: made.name, at: made.at, file: made.file }]));
  say(`Fixture "${made.name}" is made, without the person. Rules → Fixtures has it, to go with a candidate.`);
}
