import { createHash } from 'node:crypto';
import { present } from '@ledgerdesk/testing';
import fc from 'fast-check';
import type { StoredEvent } from '../event-store.js';
import { chained, NO_PREVIOUS_HASH } from './hash-chain.js';
import { verifyStream } from './verify-stream.js';

const STREAM = 'ticket-019300000000700080000000000000aa_019300000000700080000000000000bb';

function chain(length: number): readonly StoredEvent[] {
  const events: StoredEvent[] = [];
  let previousHash = NO_PREVIOUS_HASH;
  for (let revision = 0; revision < length; revision += 1) {
    const id = `01930000-0000-7000-8000-${String(revision).padStart(12, '0')}`;
    const event = { id, type: 'TicketTagged', data: `{"tag":"t${String(revision)}"}`, stream: STREAM, revision };
    const { record, hash } = chained(event, { actor: 'member:a', previousHash, v: '1' });
    events.push({ ...record, stream: STREAM, revision, position: String(revision + 1) });
    previousHash = hash;
  }
  return events;
}

describe('the hash chain', () => {
  it('keeps the hash of the golden event: changing it would break every ledger there is', () => {
    const { record, hash } = chained(
      {
        id: '01930000-0000-7000-8000-000000000001',
        type: 'TicketTagged',
        data: '{"tag":"vip"}',
        stream: STREAM,
        revision: 0,
      },
      { v: '1', actor: 'member:a', previousHash: NO_PREVIOUS_HASH },
    );
    // Written out from the documented format, without any of our code.
    const documented =
      'ledgerdesk:event:v1\n' +
      '{"data":{"tag":"vip"},"id":"01930000-0000-7000-8000-000000000001",' +
      `"metadata":{"actor":"member:a","previousHash":"${'0'.repeat(64)}","v":"1"},` +
      `"revision":0,"stream":"${STREAM}","type":"TicketTagged"}`;
    expect(hash).toBe(createHash('sha256').update(documented).digest('hex'));
    expect(hash).toBe('f9fb2fedf298f3027ca6a3df901fb50c312652f5b0c2ed676df785923b4e92b4');
    expect(record.metadata).toBe(`{"actor":"member:a","hash":"${hash}","previousHash":"${'0'.repeat(64)}","v":"1"}`);
  });

  it('verifies an untouched stream, also an empty one', () => {
    expect(verifyStream(chain(5))).toBeUndefined();
    expect(verifyStream([])).toBeUndefined();
  });

  it('finds any one changed character and names stream and revision', () => {
    const events = chain(4);
    fc.assert(
      fc.property(
        fc.nat({ max: 3 }),
        fc.constantFrom('data', 'metadata', 'type', 'id', 'stream'),
        fc.nat(),
        fc.constantFrom('x', ' ', '0', '"', '{', '\u00e9'),
        (revision, field, place, letter) => {
          const event = present(events[revision]);
          const text = event[field as 'data'];
          const at = place % text.length;
          if (text[at] === letter) return;
          const changed = { ...event, [field]: text.slice(0, at) + letter + text.slice(at + 1) };
          expect(verifyStream(events.with(revision, changed))).toMatchObject({ revision, stream: changed.stream });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('finds white space that means nothing to JSON', () => {
    const [first, ...rest] = chain(2) as [StoredEvent, StoredEvent];
    expect(verifyStream([{ ...first, metadata: `${first.metadata} ` }, ...rest])).toMatchObject({ reason: 'metadata' });
    expect(verifyStream([{ ...first, data: `${first.data} ` }, ...rest])).toMatchObject({ reason: 'hash' });
  });

  it('finds a removed, a repeated, a swapped and a re-hashed event', () => {
    const [a, b, c, d] = chain(4) as [StoredEvent, StoredEvent, StoredEvent, StoredEvent];
    expect(verifyStream([a, c, d])).toMatchObject({ revision: 1, reason: 'missing' });
    expect(verifyStream([a, a, b])).toMatchObject({ revision: 1, reason: 'missing' });
    expect(verifyStream([a, { ...c, revision: 1 }, { ...b, revision: 2 }, d])).toMatchObject({
      revision: 1,
      reason: 'hash',
    });
    const { record } = chained(
      { ...b, data: '{"tag":"forged"}' },
      { actor: 'member:a', previousHash: (JSON.parse(b.metadata) as { previousHash: string }).previousHash, v: '1' },
    );
    expect(verifyStream([a, { ...b, ...record }, c, d])).toEqual({
      stream: STREAM,
      revision: 2,
      reason: 'previous-hash',
    });
  });
});
