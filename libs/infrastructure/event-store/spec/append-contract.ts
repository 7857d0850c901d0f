import { randomUUID } from 'node:crypto';
import { StandIn } from '@ledgerdesk/testing';
import { appendHistory } from '../append-history.js';
import {
  EventStoreTimeout,
  EventStoreUnavailable,
  EventTooLarge,
  InvalidAppend,
  UnstorableText,
  WrongRevision,
} from '../errors.js';
import { BEGINNING, type EventStore } from '../event-store.js';
import type { ContractAdapter } from './adapter.js';
import { streamName } from '../stream-name.js';
import { freshStream, idsOf, record, records } from './records.js';

/** Cases 1 to 16: what an append does and what it never does. */
export function appendContract(adapter: () => ContractAdapter): void {
  describe('append', () => {
    let store: EventStore;
    let other: EventStore;
    beforeAll(() => {
      store = adapter().open();
      other = adapter().open();
    });
    afterAll(async () => {
      await Promise.all([store.close(), other.close()]);
    });

    it('1 creates a stream at revision 0 when none is expected', async () => {
      const stream = freshStream();
      const event = record();
      await expect(store.append(stream, 'no_stream', [event])).resolves.toMatchObject({ revision: 0 });
      expect(await store.read(stream)).toEqual([
        { ...event, stream, revision: 0, position: expect.any(String) as string },
      ]);
    });

    it('2 appends at the exact revision; a wrong one names expected and actual', async () => {
      const stream = freshStream();
      await store.append(stream, 'no_stream', records(2));
      await expect(store.append(stream, 1, [record()])).resolves.toMatchObject({ revision: 2 });
      for (const wrong of [0, 1, 7]) {
        const error = await store.append(stream, wrong, [record()]).catch((caught: unknown) => caught);
        expect(error).toBeInstanceOf(WrongRevision);
        expect(error).toMatchObject({ stream, expected: wrong, actual: 2 });
      }
      const missing = freshStream();
      await expect(store.append(missing, 0, [record()])).rejects.toMatchObject({ expected: 0, actual: 'no_stream' });
      expect(await store.read(stream)).toHaveLength(3);
    });

    it('3 refuses to create a stream that exists', async () => {
      const stream = freshStream();
      await store.append(stream, 'no_stream', [record()]);
      await expect(store.append(stream, 'no_stream', [record()])).rejects.toMatchObject({
        expected: 'no_stream',
        actual: 0,
      });
    });

    it('6 lets one of 32 writers on one revision win', async () => {
      const stream = freshStream();
      await store.append(stream, 'no_stream', [record()]);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 32 }, (_, writer) => (writer % 2 === 0 ? store : other).append(stream, 0, [record()])),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(WrongRevision);
      }
      expect(await store.read(stream)).toHaveLength(2);
    });

    it('7 appends several events all or none', async () => {
      const stream = freshStream();
      const events = records(5);
      await store.append(stream, 'no_stream', events);
      const stored = await store.read(stream);
      expect(idsOf(stored)).toEqual(idsOf(events));
      expect(stored.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
      await expect(store.append(stream, 4, [record(), record({ id: 'no-uuid' }), record()])).rejects.toThrow();
      await expect(store.append(stream, 3, records(3))).rejects.toBeInstanceOf(WrongRevision);
      expect(await store.read(stream)).toHaveLength(5);
    });

    it('8 takes a retry with the same ids for success and writes nothing', async () => {
      const stream = freshStream();
      const first = records(2);
      const result = await store.append(stream, 'no_stream', first);
      await expect(store.append(stream, 'no_stream', first)).resolves.toEqual(result);
      await store.append(stream, 1, [record()]);
      await expect(other.append(stream, 'no_stream', first)).resolves.toEqual(result);
      expect(await store.read(stream)).toHaveLength(3);
    });

    it('9 refuses a retry that only partly has the same ids', async () => {
      const stream = freshStream();
      const [a, b] = [record(), record()];
      await store.append(stream, 'no_stream', [a, b]);
      for (const partly of [
        [a, record()],
        [a, b, record()],
        [b, a],
      ]) {
        await expect(store.append(stream, 'no_stream', partly)).rejects.toBeInstanceOf(WrongRevision);
      }
      expect(await store.read(stream)).toHaveLength(2);
    });

    it('10 refuses an append without events, and one that repeats an id', async () => {
      const twice = record();
      await expect(store.append(freshStream(), 'no_stream', [])).rejects.toBeInstanceOf(InvalidAppend);
      await expect(store.append(freshStream(), 'no_stream', [twice, twice])).rejects.toBeInstanceOf(InvalidAppend);
    });

    it('11 refuses an event over 1 MiB and takes one just under it', async () => {
      const big = (bytes: number): string => JSON.stringify('x'.repeat(bytes));
      await expect(store.append(freshStream(), 'no_stream', [record({ data: big(1_048_576) })])).rejects.toBeInstanceOf(
        EventTooLarge,
      );
      await expect(store.append(freshStream(), 'no_stream', [record({ data: big(1_048_000) })])).resolves.toBeDefined();
    });

    it('12 refuses text that can not be kept, and keeps every other byte', async () => {
      for (const data of [
        '"\0"',
        '"\ud800"',
        '"\udc00x"',
        String.raw`"\u0000"`,
        String.raw`"\uD800"`,
        String.raw`{"\ud83d":1}`,
      ]) {
        await expect(store.append(freshStream(), 'no_stream', [record({ data })])).rejects.toBeInstanceOf(
          UnstorableText,
        );
      }
      const stream = freshStream();
      const hostile = [
        String.raw`"\\u0000"`,
        String.raw`"{\"a\",NULL,\\}"`,
        '"\u2028\u2029\u{1F469}\u200D\u{1F4BB}e\u0301"',
        'null',
        `"'; drop table events; --"`,
        '{"b":1.0,"a":1e2,"a ":10000000000000000000000}',
      ];
      await store.append(
        stream,
        'no_stream',
        hostile.map((data) => record({ type: 'NULL', data })),
      );
      expect((await store.read(stream)).map(({ type, data }) => [type, data])).toEqual(
        hostile.map((data) => ['NULL', data]),
      );
    });

    it('13 gives up on a server that hangs', async () => {
      const standIn = await StandIn.before(adapter().port);
      const hung = adapter().open({ port: standIn.port, timeout: 300 });
      const stream = freshStream();
      await hung.append(stream, 'no_stream', [record()]);
      standIn.fallSilent();
      await expect(hung.append(stream, 0, [record()])).rejects.toBeInstanceOf(EventStoreTimeout);
      await expect(hung.read(stream)).rejects.toMatchObject({ name: expect.stringMatching(/^EventStore/) as string });
      await standIn.close();
      await hung.close();
    });

    it('14 says that a server is down, and goes on when it is back', async () => {
      const standIn = await StandIn.before(adapter().port);
      const cut = adapter().open({ port: standIn.port });
      const stream = freshStream();
      await cut.append(stream, 'no_stream', [record()]);
      standIn.cut();
      await expect(cut.append(stream, 0, [record()])).resolves.toMatchObject({ revision: 1 });
      await standIn.close();
      await expect(cut.append(stream, 1, [record()])).rejects.toBeInstanceOf(EventStoreUnavailable);
      await expect(cut.read(stream)).rejects.toBeInstanceOf(EventStoreUnavailable);
      await expect(cut.readAll({ after: BEGINNING })).rejects.toBeInstanceOf(EventStoreUnavailable);
      await cut.close();
    });

    it('15 keeps instances apart: one that hangs or is closed does not affect another', async () => {
      const standIn = await StandIn.before(adapter().port);
      const hung = adapter().open({ port: standIn.port, timeout: 2_000 });
      const closed = adapter().open();
      await Promise.all([hung, closed].map((instance) => instance.append(freshStream(), 'no_stream', [record()])));
      standIn.fallSilent();
      const pending = hung.append(freshStream(), 'no_stream', [record()]).catch((error: unknown) => error);
      await closed.close();
      await Promise.all(Array.from({ length: 20 }, () => store.append(freshStream(), 'no_stream', [record()])));
      await expect(closed.append(freshStream(), 'no_stream', [record()])).rejects.toBeInstanceOf(EventStoreUnavailable);
      expect(await pending).toBeInstanceOf(EventStoreTimeout);
      await standIn.close();
      await hung.close();
    });

    it('16 lets a poisoned append fail alone among 40', async () => {
      const workspaceId = randomUUID();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 40 }, (_, index) => {
          const id = index === 17 ? 'no-uuid' : randomUUID();
          return store.append(freshStream('ticket', workspaceId), 'no_stream', [record({ id })]);
        }),
      );
      const failed = outcomes.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []));
      expect(failed).toEqual([17]);
    });

    it('48 takes over a history in its order, also when it is repeated, and refuses one that does not fit', async () => {
      const workspaceId = randomUUID();
      const a = freshStream('ticket', workspaceId);
      const b = freshStream('ticket', workspaceId);
      const c = freshStream('ticket', workspaceId);
      const revisions = new Map<string, number>();
      const history = [a, b, a, a, c, b, a, c].map((stream) => {
        const revision = revisions.get(stream) ?? 0;
        revisions.set(stream, revision + 1);
        return { ...record(), stream, revision };
      });
      const before = await store.head();
      await appendHistory(store, history.slice(0, 5));
      await appendHistory(store, history.slice(0, 5));
      await appendHistory(store, history.slice(5));
      const prefix = streamName('ticket', workspaceId, '');
      const stored = await store.readAll({ after: before, prefix });
      expect(stored.map(({ position: _, ...event }) => event)).toEqual(history);
      const other = [{ ...record(), stream: a, revision: 2 }];
      await expect(appendHistory(store, other)).rejects.toBeInstanceOf(WrongRevision);
      const stream = freshStream();
      const gap = [0, 2].map((revision) => ({ ...record(), stream, revision }));
      await expect(appendHistory(store, gap)).rejects.toThrow(InvalidAppend);
      expect(await store.readAll({ after: before, prefix })).toHaveLength(history.length);
    });
  });
}
