import { streamName } from '@ledgerdesk/event-store';
import { ERASED, newId, Personal, type Recorded } from '@ledgerdesk/kernel';
import type { TextsAboutRow } from './texts-about.entity.js';
import { textsAbout } from './texts-about.projection.js';

const WORKSPACE = newId();
const TICKET = newId();
const stream = streamName('ticket', WORKSPACE, TICKET);

function event(revision: number, data: object): Recorded {
  const metadata = { workspaceId: WORKSPACE } as Recorded['metadata'];
  return { type: 'Told', data, id: newId(), stream, revision, position: '1', metadata };
}

function rowsAfter(...events: Recorded[]): ReadonlyMap<string, TextsAboutRow | undefined> {
  const rows = new Map<string, TextsAboutRow | undefined>();
  for (const each of events)
    for (const key of textsAbout.keysOf(each)) rows.set(key, textsAbout.apply(rows.get(key), each, key));
  return rows;
}

const story = [
  event(0, { requester: { name: new Personal('k1', 'Ada') }, fields: { serial: new Personal('k1', 'X-1') } }),
  event(1, { body: new Personal('k2', 'Somebody else wrote.') }),
  event(2, { status: 'open' }),
  event(3, { body: new Personal('k1', ERASED) }),
];

describe('texts about somebody', () => {
  it('are found by their key, in every place of an event and of every person in a stream', () => {
    const row = { workspaceId: WORKSPACE, category: 'ticket', aggregateId: TICKET };
    expect([...rowsAfter(...story).values()]).toEqual([
      { ...row, id: `k1/${stream}`, keyId: 'k1', firstRevision: 0, texts: 2 },
      { ...row, id: `k2/${stream}`, keyId: 'k2', firstRevision: 1, texts: 1 },
    ]);
  });

  it('are counted once when a stream is told again', () => {
    expect(rowsAfter(...story, ...story)).toEqual(rowsAfter(...story));
  });

  it('are counted, not copied', () => {
    expect(JSON.stringify([...rowsAfter(...story)])).not.toMatch(/Ada|X-1|wrote/);
  });
});
