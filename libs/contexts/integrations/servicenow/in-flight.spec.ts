import { setImmediate as turn } from 'node:timers/promises';
import { inFlight } from './in-flight.js';

describe('in flight', () => {
  it('works on all, never on more than so many at a time', async () => {
    const items = Array.from({ length: 50 }, (_, index) => index);
    const seen: number[] = [];
    let now = 0;
    let most = 0;
    await inFlight(items, 7, async (item) => {
      now += 1;
      most = Math.max(most, now);
      await turn();
      now -= 1;
      seen.push(item);
    });
    expect(seen.toSorted((a, b) => a - b)).toEqual(items);
    expect(most).toBe(7);
  });

  it('begins nothing after a failure, and finishes what was begun', async () => {
    const begun: number[] = [];
    const finished: number[] = [];
    const work = inFlight([1, 2, 3, 4, 5, 6], 2, async (item) => {
      begun.push(item);
      if (item === 1) throw new Error('no');
      await turn();
      finished.push(item);
    });
    await expect(work).rejects.toThrow('no');
    expect(begun).toEqual([1, 2]);
    expect(finished).toEqual([2]);
  });
});
