import type { AccessHead } from './access-head.js';
import type { PersonData } from './person-data.js';

/** A copy as JSON (GDPR article 20: structured, commonly used, machine-readable). `complete` comes last and is missing when cut off. */
export async function* jsonDocument(head: AccessHead, data: PersonData): AsyncGenerator<string> {
  const { customer = null, history, tickets } = data;
  const first = { format: 'ledgerdesk-access-export', version: 1, ...head, customer, history };
  yield `${JSON.stringify(first).slice(0, -1)},"tickets":[\n`;
  let count = 0;
  for await (const part of tickets) {
    yield `${count === 0 ? '' : ',\n'}${JSON.stringify(part)}`;
    count += 1;
  }
  yield `\n],"complete":{"tickets":${String(count)}}}\n`;
}
