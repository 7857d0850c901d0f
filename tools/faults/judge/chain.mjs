import { createHash } from 'node:crypto';

export const NOTHING_BEFORE = '0'.repeat(64);

/**
 * The hash of an event by docs/ledger-format.md, computed here once more so that the code under test does not judge itself.
 * @param {{ stream: string, revision: number, id: string, type: string, data: string, metadata: string }} event as stored
 * @returns {{ own: string, written: string, previous: string }}
 */
export function hashOf({ stream, revision, id, type, data, metadata }) {
  const { hash: written, ...rest } = JSON.parse(metadata);
  const text =
    `{"data":${data},"id":${JSON.stringify(id)},"metadata":${JSON.stringify(sorted(rest))},` +
    `"revision":${revision},"stream":${JSON.stringify(stream)},"type":${JSON.stringify(type)}}`;
  const own = createHash('sha256').update(`ledgerdesk:event:v1\n${text}`).digest('hex');
  return { own, written, previous: rest.previousHash };
}

const sorted = (flat) => Object.fromEntries(Object.entries(flat).sort(([left], [right]) => (left < right ? -1 : 1)));
