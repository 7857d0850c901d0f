import { binaryEvent, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { LoopbackEventStoreDb } from '../../../testing/eventstoredb/loopback-event-store-db.js';
import { EventStoreTimeout, EventStoreUnavailable, WrongRevision } from '../errors.js';
import { BEGINNING, type EventStore } from '../event-store.js';
import type { ContractAdapter } from '../spec/adapter.js';
import { appendContract } from '../spec/append-contract.js';
import { Collector } from '../spec/collector.js';
import { eventStoreDbAdapter } from '../spec/eventstoredb-contract-adapter.js';
import { readContract } from '../spec/read-contract.js';
import { freshStream, idsOf, record, records } from '../spec/records.js';
import { subscribeContract } from '../spec/subscribe-contract.js';

let loopback: LoopbackEventStoreDb;

/** Besides: a real server on this machine, insecure and used by nobody else, e.g. `esdb://127.0.0.1:2113?tls=false`. */
const realServer = process.env.EVENTSTORE_TEST_URL;
const servers = [
  { server: 'the loopback server', url: () => loopback.url },
  ...(realServer === undefined ? [] : [{ server: 'a real server', url: () => realServer }]),
];

describe('the event store on EventStoreDB', () => {
  beforeAll(async () => {
    loopback = await LoopbackEventStoreDb.start();
  });
  afterAll(() => loopback.stop());

  describe.each(servers)('over $server', ({ url }) => {
    const adapter = (): ContractAdapter => eventStoreDbAdapter(url());
    appendContract(adapter);
    readContract(adapter);
    subscribeContract(adapter);
  });

  describe('only over the loopback server', () => {
    let store: EventStore;
    beforeEach(() => {
      store = eventStoreDbAdapter(loopback.url).open({ timeout: 1_000 });
    });
    afterEach(async () => {
      loopback.recover();
      await store.close();
    });

    it.each(['request', 'answer'] as const)('L6 an append whose %s was lost happens once', async (half) => {
      const stream = freshStream();
      await store.append(stream, 'no_stream', [record()]);
      const collector = new Collector(store, { after: await store.head() });
      await collector.until(({ caughtUp }) => caughtUp > 0);
      const events = records(3);
      loopback.lose(half);
      await expect(store.append(stream, 0, events)).resolves.toMatchObject({ revision: 3 });
      const stored = await store.read(stream, { from: 1 });
      expect(idsOf(stored)).toEqual(idsOf(events));
      await collector.has(3);
      expect(idsOf(collector.events)).toEqual(idsOf(events));
      expect(collector.failures.length).toBeGreaterThan(0);
      await collector.close();
    });

    it('L6 an append that is lost twice is unavailable, and its repetition finds what was stored', async () => {
      const stream = freshStream();
      const events = records(2);
      loopback.lose('answer', 'answer');
      await expect(store.append(stream, 'no_stream', events)).rejects.toBeInstanceOf(EventStoreUnavailable);
      await expect(store.append(stream, 'no_stream', events)).resolves.toMatchObject({ revision: 1 });
      expect(await store.read(stream)).toHaveLength(2);
    });

    it('L6 many appends over a connection that keeps breaking: each that was accepted is there, none twice', async () => {
      const before = await store.head();
      const collector = new Collector(store, { after: before });
      const accepted: string[] = [];
      const refused: string[] = [];
      for (let round = 0; round < 20; round += 1) {
        const batch = records(10);
        loopback.lose(...(round % 2 === 0 ? (['answer', 'request'] as const) : (['request'] as const)));
        const outcomes = await Promise.allSettled(batch.map((one) => store.append(freshStream(), 'no_stream', [one])));
        for (const [index, { status }] of outcomes.entries()) {
          (status === 'fulfilled' ? accepted : refused).push(batch[index]?.id ?? '');
        }
      }
      const last = record();
      await store.append(freshStream(), 'no_stream', [last]);
      await collector.until(({ events }) => events.some(({ id }) => id === last.id));
      const seen = idsOf(collector.events);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(expect.arrayContaining(accepted));
      expect([...accepted, ...refused, last.id]).toEqual(expect.arrayContaining([...seen]));
      expect(accepted.length).toBeGreaterThan(100);
      await collector.close();
    });

    it('L6 a follower goes on behind its checkpoint when the server was away, hung or gone', async () => {
      const before = await store.head();
      const collector = new Collector(store, { after: before });
      await collector.until(({ caughtUp }) => caughtUp > 0);
      for (const fault of ['cut', 'refuse', 'hang'] as const) {
        const failures = collector.failures.length;
        loopback[fault]();
        await store.append(freshStream(), 'no_stream', [record()]).catch((error: unknown) => {
          expect([EventStoreUnavailable, EventStoreTimeout]).toContain((error as Error).constructor);
        });
        loopback.recover();
        await collector.until((collected) => collected.failures.length > failures);
        const last = record();
        await store.append(freshStream(), 'no_stream', [...records(3), last]);
        await collector.until(({ events }) => events.at(-1)?.id === last.id);
      }
      expect(idsOf(collector.events)).toEqual(idsOf(await store.readAll({ after: before })));
      expect(collector.caughtUp).toBe(1);
      await collector.close();
    });

    it('passes by what the server and other programs write, and never takes it for the newest event', async () => {
      const { position } = await store.append(freshStream(), 'no_stream', [record()]);
      const own = {
        id: record().id,
        type: '$statsCollected',
        contentType: '',
        data: Buffer.from('{}'),
        metadata: Buffer.of(),
      };
      loopback.log.append(`$stats-${own.id}`, -1, [own]);
      const client = EventStoreDBClient.connectionString(loopback.url);
      const credentials = { username: 'other', password: 'other' };
      const foreign = Array.from({ length: 40 }, () => jsonEvent({ type: 'Foreign', data: { a: 1 } }));
      await client.appendToStream(`other-${record().id}`, foreign, { expectedRevision: 'no_stream', credentials });
      expect(await store.head()).toBe(position);
      expect(await store.readAll({ after: position })).toEqual([]);
      const all = await store.readAll({ after: BEGINNING });
      expect(all.some(({ stream }) => /^(?:\$|other-)/.test(stream))).toBe(false);
      await client.dispose();
    });

    it('gives an event that somebody else wrote into one of our streams as one without content', async () => {
      const stream = freshStream();
      await store.head();
      const client = EventStoreDBClient.connectionString(loopback.url);
      const credentials = { username: 'other', password: 'other' };
      const events = [
        jsonEvent({ type: 'NoteAdded', data: { note: 'x' }, metadata: { v: '1' } }),
        binaryEvent({ type: 'NoteAdded', data: Buffer.from('{}') }),
      ];
      await client.appendToStream(stream, events, { expectedRevision: 'no_stream', credentials });
      expect(await store.read(stream)).toMatchObject([
        { data: '', metadata: '' },
        { data: '{}', metadata: '' },
      ]);
      await client.dispose();
    });

    it('names the revision that a partly repeated append has met', async () => {
      const stream = freshStream();
      const [a, b] = [record(), record()];
      await store.append(stream, 'no_stream', [a, b]);
      const error = await store.append(stream, 'no_stream', [a, b, record()]).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(WrongRevision);
      expect(error).toMatchObject({ expected: 'no_stream', actual: 1 });
    });

    it('takes no position of another store', async () => {
      for (const foreign of ['1042', 'abc', '1/', '1/2/3']) {
        expect(() => store.compare(foreign, BEGINNING)).toThrow(TypeError);
        expect(() => store.subscribe({ after: foreign }, { onPage: () => Promise.resolve() })).toThrow(TypeError);
        await expect(store.readAll({ after: foreign })).rejects.toBeInstanceOf(TypeError);
      }
      const positions = ['9/9', '10/10', '10/9', BEGINNING, '100/3'];
      const sorted = positions.toSorted((x, y) => store.compare(x, y));
      expect(sorted).toEqual([BEGINNING, '9/9', '10/9', '10/10', '100/3']);
    });
  });
});
