import { randomUUID } from 'node:crypto';
import type { StoredEvent } from '@ledgerdesk/event-store';
import { present } from '@ledgerdesk/testing';
import { SigningKey } from '../format/seal-keys.js';
import { DOMAIN } from '../format/texts.js';
import { forged, hashOf } from '../spec/memory-ledger.js';
import { SealedDesk } from '../spec/sealed-desk.js';

describe('the ledger of a running installation', () => {
  let desk: SealedDesk;
  const [own, other] = [randomUUID(), randomUUID()];
  let streams: { readonly early: string; readonly foreign: string; readonly late: string };

  beforeEach(async () => {
    desk = await SealedDesk.open();
    const early = await desk.write(own, 4);
    const foreign = await desk.write(other, 2);
    await desk.seal();
    const late = await desk.write(own, 3);
    await desk.seal();
    streams = { early, foreign, late };
  });
  afterEach(async () => {
    await desk.close();
  });

  const events = async (stream: string): Promise<readonly StoredEvent[]> => desk.ledger.store.read(stream);

  async function store(event: Omit<StoredEvent, 'position'>): Promise<void> {
    const { stream, revision, data, metadata } = event;
    await desk.intruder.query('update events set data = $3, metadata = $4 where stream = $1 and revision = $2', [
      stream,
      revision,
      data,
      metadata,
    ]);
  }

  /** What is found, in the whole ledger and in the part of the workspace. */
  async function bothSay(workspace: string): Promise<unknown> {
    const [whole, part] = [await desk.verify(), await desk.verify(workspace)];
    expect(part.finding).toEqual(whole.finding);
    return whole.finding;
  }

  it('is proved, as a whole and in parts, and says how many events are not sealed yet', async () => {
    await desk.write(own, 1);
    expect(await desk.verify()).toEqual({
      anchor: 'held',
      events: 14,
      unsealed: 2,
      seals: 2,
      unknownSeals: 0,
      newestSeal: { number: 2, sealedAt: expect.any(String) as string },
    });
    expect(await desk.verify(own)).toMatchObject({ events: 11, unsealed: 2, seals: 2 });
    expect(await desk.verify(other)).toMatchObject({ events: 3, unsealed: 0, seals: 1 });
    expect(await desk.verify(randomUUID())).toMatchObject({ events: 0, unsealed: 0, seals: 0 });
  });

  it('M5 names an event of which one byte was changed', async () => {
    const event = present((await events(streams.early))[2]);
    await store({ ...event, data: event.data.replace('2', '3') });
    expect(await bothSay(own)).toMatchObject({ kind: 'altered', stream: streams.early, revision: 2 });
    expect((await desk.verify(other)).finding).toBeUndefined();
  });

  it('M5 names an event that was exchanged by somebody who gave all later ones fitting hashes', async () => {
    const [, , ...rest] = await events(streams.early);
    let previous = (JSON.parse(present(rest[0]).metadata) as { previousHash: string }).previousHash;
    for (const [index, event] of rest.entries()) {
      const fake = { ...event, ...forged(event, previous, index === 0 ? '{"line":99}' : event.data) };
      await store(fake);
      previous = hashOf(fake);
    }
    expect(await bothSay(own)).toMatchObject({ kind: 're-signed', stream: streams.early, revision: 2, seal: 1 });
  });

  it('M5 names an event that was dropped from the middle, and one from the end of its stream', async () => {
    await desk.intruder.query('delete from events where stream = $1 and revision = 4', [streams.early]);
    expect(await bothSay(own)).toMatchObject({ kind: 'dropped', stream: streams.early, revision: 4 });
    await desk.intruder.query('delete from events where stream = $1 and revision = 1', [streams.early]);
    expect(await bothSay(own)).toMatchObject({ kind: 'dropped', stream: streams.early, revision: 1 });
  });

  it('M5 names the first of the events that were cut off', async () => {
    await desk.intruder.query('delete from events where stream = $1 and revision > 1', [streams.late]);
    expect(await bothSay(own)).toMatchObject({ kind: 'cut-off', stream: streams.late, revision: 2, seal: 2 });
  });

  it('M5 names two events that have changed places in the log', async () => {
    await desk.intruder.query(
      `update events set global_position = -global_position where stream = any($1) and revision = 0`,
      [[streams.early, streams.foreign]],
    );
    await desk.intruder.query(
      `update events set global_position = (select -min(e.global_position) - max(e.global_position) from events e where e.global_position < 0) + global_position
       where global_position < 0`,
    );
    expect((await desk.verify()).finding).toBeDefined();
    const { rows } = await desk.intruder.query<{ stream: string }>(
      'select stream from events order by global_position limit 1',
    );
    expect(rows[0]?.stream).toBe(streams.foreign);
  });

  it('M5 finds seals that were made anew without the key, taken out, or cut off', async () => {
    const { rows } = await desk.intruder.query<{ record: string }>('select record from seal where number = 2');
    const stranger = new SigningKey(Buffer.alloc(32, 7), 1);
    const { record } = present(rows[0]);
    await desk.intruder.query('update seal set signature = $1 where number = 2', [stranger.sign(DOMAIN.seal, record)]);
    expect(await bothSay(own)).toMatchObject({ kind: 'forged-seal', seal: 2 });
    await desk.intruder.query('delete from seal_share where number = 2; delete from seal where number = 2');
    expect(await bothSay(own)).toMatchObject({ kind: 'anchor', seal: 2 });
    expect((await desk.verify(undefined, '')).unsealed).toBe(4);
    await desk.intruder.query('delete from seal_share where number = 1; delete from seal where number = 1');
    expect((await desk.verify(undefined, '')).unsealed).toBe(12);
  });

  it('M5 finds a share that was taken from a workspace', async () => {
    await desk.intruder.query('delete from seal_share where number = 1 and workspace_id = $1', [own]);
    expect((await desk.verify()).finding).toMatchObject({ kind: 'broken-seals', seal: 1 });
    expect((await desk.verify(own)).finding).toMatchObject({ kind: 'broken-seals', seal: 2 });
  });
});
