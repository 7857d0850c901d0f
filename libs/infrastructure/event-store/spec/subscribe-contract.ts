import { randomUUID } from 'node:crypto';
import { BEGINNING, type EventStore, type StoredEvent } from '../event-store.js';
import type { ContractAdapter } from './adapter.js';
import { Collector } from './collector.js';
import { freshStream, idsOf, record, records } from './records.js';

/** Cases 29 to 37: following the log. */
export function subscribeContract(adapter: () => ContractAdapter): void {
  describe('subscribe', () => {
    let store: EventStore;
    const collectors: Collector[] = [];
    const collect = (...parts: ConstructorParameters<typeof Collector>): Collector => {
      const collector = new Collector(...parts);
      collectors.push(collector);
      return collector;
    };
    beforeAll(() => {
      store = adapter().open();
    });
    afterEach(async () => {
      await Promise.all(collectors.splice(0).map((collector) => collector.close()));
    });
    afterAll(() => store.close());

    it('29 begins at the start, at the end, or right after a position', async () => {
      const stream = freshStream();
      const { position } = await store.append(stream, 'no_stream', records(2));
      const end = await store.head();
      const fromStart = collect(store, { after: BEGINNING });
      const fromEnd = collect(store, { after: end });
      const after = collect(store, { after: position });
      const next = record();
      await store.append(stream, 1, [next]);
      const everything = (await store.readAll({ after: BEGINNING })).length;
      await Promise.all([fromStart.has(everything), fromEnd.has(1), after.has(1)]);
      expect(fromStart.events).toHaveLength(everything);
      expect(idsOf(fromEnd.events)).toEqual([next.id]);
      expect(idsOf(after.events)).toEqual([next.id]);
    });

    it('30 goes from history to live without a gap or a repetition', async () => {
      const before = await store.head();
      const append = (): Promise<unknown> => store.append(freshStream(), 'no_stream', records(2));
      await Promise.all(Array.from({ length: 150 }, append));
      const collector = collect(store, { after: before, pageSize: 7 });
      await Promise.all(Array.from({ length: 150 }, append));
      await collector.has(600);
      const ids = idsOf(collector.events);
      expect(new Set(ids).size).toBe(600);
      expect(ids).toEqual(idsOf(await store.readAll({ after: before })));
    });

    it('31 moves its checkpoint also when nothing matches the filter', async () => {
      const prefix = `team-${randomUUID().replaceAll('-', '')}_`;
      const collector = collect(store, { after: await store.head(), prefix, pageSize: 5 });
      for (let count = 0; count < 12; count += 1) await store.append(freshStream(), 'no_stream', [record()]);
      const { position } = await store.append(freshStream(), 'no_stream', [record()]);
      await store.append(freshStream(), 'no_stream', records(adapter().checkpointEvery));
      await collector.until(({ checkpoint }) => store.compare(checkpoint, position) >= 0);
      expect(collector.events).toEqual([]);
      const match = record();
      await store.append(`${prefix}${randomUUID()}`, 'no_stream', [match]);
      await collector.has(1);
      expect(idsOf(collector.events)).toEqual([match.id]);
    });

    it('32 K9 misses no event: 20,000 appends, 24 writers, slow commits and rollbacks, pages of 1 and of 100', async () => {
      const writers = 24;
      const each = 834;
      const before = await store.head();
      const other = adapter().open();
      const disturbance = adapter().disturb();
      const small = collect(other, { after: before, pageSize: 1 });
      const large = collect(store, { after: before, pageSize: 100 });
      const workspaces = Array.from({ length: 5 }, () => randomUUID());
      const written = await Promise.all(
        Array.from({ length: writers }, async (_, writer) => {
          const ids: string[] = [];
          for (let count = 0; count < each; count += 1) {
            const event = record();
            const stream = freshStream('ticket', workspaces[writer % workspaces.length]);
            await (writer % 2 === 0 ? store : other).append(stream, 'no_stream', [event]);
            ids.push(event.id);
          }
          return ids;
        }),
      );
      const foreign = await disturbance.stop();
      const expected = [...written.flat(), ...foreign];
      expect(foreign.length).toBeGreaterThan(20);
      await Promise.all([small.has(expected.length), large.has(expected.length)]);
      for (const { events } of [small, large]) {
        expect(events).toHaveLength(expected.length);
        expect(new Set(idsOf(events))).toEqual(new Set(expected));
        expect(isIncreasing(events, store)).toBe(true);
      }
      await Promise.all([small.close(), large.close()]);
      await other.close();
    }, 90_000);

    it('33 keeps the order of every stream', async () => {
      const collector = collect(store, { after: await store.head(), pageSize: 10 });
      const streams = Array.from({ length: 8 }, () => freshStream());
      await Promise.all(
        streams.map(async (stream) => {
          for (let revision = -1; revision < 19; revision += 1) {
            await store.append(stream, revision === -1 ? 'no_stream' : revision, [record()]);
          }
        }),
      );
      await collector.has(160);
      for (const stream of streams) {
        const revisions = collector.events.filter((event) => event.stream === stream).map(({ revision }) => revision);
        expect(revisions).toEqual(Array.from({ length: 20 }, (_, index) => index));
      }
    });

    it('34 resumes from its checkpoint after a restart, and delivers a failed page again', async () => {
      const before = await store.head();
      await store.append(freshStream(), 'no_stream', records(30));
      const restarted = adapter().open();
      const first = collect(restarted, { after: before, pageSize: 10 });
      await first.has(10);
      await first.close();
      await restarted.close();
      const second = collect(store, { after: first.checkpoint, pageSize: 10 });
      await second.has(30 - first.events.length);
      expect(idsOf([...first.events, ...second.events])).toEqual(idsOf(await store.readAll({ after: before })));

      const pages: string[] = [];
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const failing = store.subscribe(
        { after: before, pageSize: 10 },
        {
          onPage: (_, checkpoint) => {
            pages.push(checkpoint);
            if (pages.length === 1) return Promise.reject(new Error('not yet'));
            if (pages.length === 4) resolve(undefined);
            return Promise.resolve();
          },
        },
      );
      await promise;
      await failing.close();
      expect(pages[0]).toBe(pages[1]);
      expect(new Set(pages).size).toBe(3);
    });

    it('35 holds one bounded page for a slow consumer', async () => {
      const before = await store.head();
      const data = JSON.stringify('x'.repeat(1_000_000));
      for (let count = 0; count < 6; count += 1) {
        await store.append(
          freshStream(),
          'no_stream',
          Array.from({ length: 6 }, () => record({ data })),
        );
      }
      let running = 0;
      let most = 0;
      let seen = 0;
      const sizes: number[] = [];
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const subscription = store.subscribe(
        { after: before, pageSize: 1_000 },
        {
          onPage: async (events) => {
            running += 1;
            most = Math.max(most, running);
            sizes.push(events.reduce((sum, event) => sum + event.data.length, 0));
            // Long enough for another page to come in, were one asked for.
            await store.readAll({ after: before, max: 1 });
            running -= 1;
            seen += events.length;
            if (seen === 36) resolve(undefined);
          },
        },
      );
      await promise;
      await subscription.close();
      expect(most).toBe(1);
      expect(Math.max(...sizes)).toBeLessThan(20_000_000);
    });

    it('36 leaves the others alone when one ends', async () => {
      const before = await store.head();
      const [ended, staying] = [collect(store, { after: before }), collect(store, { after: before })];
      await store.append(freshStream(), 'no_stream', [record()]);
      await Promise.all([ended.has(1), staying.has(1)]);
      await ended.close();
      await store.append(freshStream(), 'no_stream', records(3));
      await staying.has(4);
      expect(ended.events).toHaveLength(1);
    });

    it('37 says once that it has caught up, not before it has, also with an empty log ahead', async () => {
      const before = await store.head();
      await store.append(freshStream(), 'no_stream', records(25));
      const collector = collect(store, { after: before, pageSize: 10 });
      const atEnd = collect(store, { after: await store.head() });
      await Promise.all([collector, atEnd].map((one) => one.until(({ caughtUp }) => caughtUp > 0)));
      expect(collector.eventsBeforeCaughtUp).toBe(25);
      await store.append(freshStream(), 'no_stream', [record()]);
      await Promise.all([collector.has(26), atEnd.has(1)]);
      expect([collector.caughtUp, atEnd.caughtUp]).toEqual([1, 1]);
    });

    it('gathers a burst into one page when asked to, and delivers the first event after a silence at once', async () => {
      const pages: (readonly string[])[] = [];
      const told = Array.from({ length: 3 }, () => Promise.withResolvers<undefined>());
      const subscription = store.subscribe(
        { after: await store.head(), gather: 1_000 },
        {
          onPage: (events) => {
            pages.push(idsOf(events));
            told[pages.length]?.resolve(undefined);
            return Promise.resolve();
          },
          onCaughtUp: () => {
            told[0]?.resolve(undefined);
          },
        },
      );
      await told[0]?.promise;
      const all = records(5);
      for (const [index, event] of all.entries()) {
        await store.append(freshStream(), 'no_stream', [event]);
        if (index === 0) await told[1]?.promise;
      }
      await told[2]?.promise;
      await subscription.close();
      expect(pages).toEqual([idsOf(all.slice(0, 1)), idsOf(all.slice(1))]);
    });
  });
}

function isIncreasing(events: readonly StoredEvent[], store: EventStore): boolean {
  return events.every((event, index) => {
    const previous = index === 0 ? undefined : events[index - 1];
    return previous === undefined || store.compare(previous.position, event.position) < 0;
  });
}
