import fc from 'fast-check';
import { Coalesced } from './coalesced.js';

describe('coalesced work', () => {
  it('gives everyone their own result, one batch at a time per group, in order and never larger than allowed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.constantFrom('a', 'b'), { maxLength: 40 }),
        async (scheduler, groups) => {
          const running = new Set<string>();
          const seen = new Map<string, number[]>();
          const doubled = new Coalesced<number, number>(
            async (group, items) => {
              expect(running.has(group)).toBe(false);
              expect(items.length).toBeLessThanOrEqual(5);
              running.add(group);
              seen.set(group, [...(seen.get(group) ?? []), ...items]);
              await scheduler.schedule(Promise.resolve());
              running.delete(group);
              return items.map((item) => item * 2);
            },
            { largest: 5 },
          );
          const results = groups.map((group, index) => doubled.add(group, index));
          await scheduler.waitFor(Promise.all(results));
          expect(await Promise.all(results)).toEqual(groups.map((_, index) => index * 2));
          for (const items of seen.values()) expect(items).toEqual(items.toSorted((x, y) => x - y));
        },
      ),
    );
  });

  it('waits a little when it may, so that what comes in between shares the batch', async () => {
    const batches: (readonly number[])[] = [];
    const work = new Coalesced<number, number>(
      (_, items) => {
        batches.push(items);
        return Promise.resolve(items);
      },
      { patience: 100 },
    );
    const first = work.add('g', 1);
    await new Promise(setImmediate);
    expect(await Promise.all([first, work.add('g', 2)])).toEqual([1, 2]);
    expect(batches).toEqual([[1, 2]]);
  });

  it('a batch that fails fails alone', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const work = new Coalesced<number, number>(async (_, items) => {
      await promise;
      if (items.includes(0)) throw new Error('no zero');
      return items;
    });
    const first = work.add('g', 0);
    const later = [work.add('g', 1), work.add('g', 2)];
    resolve(undefined);
    await expect(first).rejects.toThrow('no zero');
    expect(await Promise.all(later)).toEqual([1, 2]);
  });
});
