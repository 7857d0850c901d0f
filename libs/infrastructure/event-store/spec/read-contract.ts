import { randomUUID } from 'node:crypto';
import { StreamNotFound } from '../errors.js';
import { BEGINNING, type EventStore } from '../event-store.js';
import type { ContractAdapter } from './adapter.js';
import { freshStream, idsOf, record, records } from './records.js';

/** Cases 17 to 22: reading one stream and the whole log. */
export function readContract(adapter: () => ContractAdapter): void {
  describe('read', () => {
    let store: EventStore;
    beforeAll(() => {
      store = adapter().open();
    });
    afterAll(() => store.close());

    it('17 reads forwards and backwards, from a revision, and no more than asked', async () => {
      const stream = freshStream();
      await store.append(stream, 'no_stream', records(10));
      const revisions = async (options?: Parameters<EventStore['read']>[1]): Promise<readonly number[]> =>
        (await store.read(stream, options)).map(({ revision }) => revision);
      expect(await revisions()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(await revisions({ from: 7 })).toEqual([7, 8, 9]);
      expect(await revisions({ from: 2, max: 3 })).toEqual([2, 3, 4]);
      expect(await revisions({ direction: 'backwards', max: 3 })).toEqual([9, 8, 7]);
      expect(await revisions({ direction: 'backwards', from: 2 })).toEqual([2, 1, 0]);
    });

    it('18 says that a stream does not exist', async () => {
      const stream = freshStream();
      for (const options of [{}, { from: 3 }, { direction: 'backwards' }] as const) {
        const error = await store.read(stream, options).catch((caught: unknown) => caught);
        expect(error).toBeInstanceOf(StreamNotFound);
        expect(error).toMatchObject({ stream });
      }
    });

    it('19 finds nothing past the end of a stream and of the log', async () => {
      const stream = freshStream();
      await store.append(stream, 'no_stream', records(2));
      expect(await store.read(stream, { from: 2 })).toEqual([]);
      expect(await store.readAll({ after: await store.head() })).toEqual([]);
    });

    it('20 reads the log from a position on, narrowed by the beginning of stream names', async () => {
      const workspaceId = randomUUID();
      const before = await store.head();
      const expected: string[] = [];
      for (const category of ['ticket', 'customer', 'ticket', 'team', 'ticket']) {
        const event = record();
        await store.append(freshStream(category, workspaceId), 'no_stream', [event]);
        if (category === 'ticket') expected.push(event.id);
      }
      const prefix = `ticket-${workspaceId.replaceAll('-', '')}_`;
      const found = await store.readAll({ after: before, prefix });
      expect(idsOf(found)).toEqual(expected);
      expect(idsOf(await store.readAll({ after: BEGINNING, prefix, max: 2 }))).toEqual(expected.slice(0, 2));
      const first = found.at(0);
      expect(idsOf(await store.readAll({ after: first?.position ?? '', prefix }))).toEqual(expected.slice(1));
      expect(await store.readAll({ after: before })).toHaveLength(5);
    });

    it('21 gives out the position at which the event is read', async () => {
      const stream = freshStream();
      const first = await store.append(stream, 'no_stream', records(3));
      const second = await store.append(stream, 2, [record()]);
      const stored = await store.read(stream);
      expect([stored[2]?.position, stored[3]?.position]).toEqual([first.position, second.position]);
      expect(store.compare(first.position, second.position)).toBeLessThan(0);
      expect(store.compare(second.position, first.position)).toBeGreaterThan(0);
      expect(store.compare(first.position, first.position)).toBe(0);
      expect(store.compare(BEGINNING, first.position)).toBeLessThan(0);
      expect(store.compare(await store.head(), second.position)).toBeGreaterThanOrEqual(0);
    });

    it('22 gives metadata back byte for byte', async () => {
      const stream = freshStream();
      const metadata = '{"z":"1","a":"ü\u2028","m":"{\\"x\\": 1.50}"}';
      await store.append(stream, 'no_stream', [record({ metadata })]);
      expect((await store.read(stream))[0]?.metadata).toBe(metadata);
    });
  });
}
