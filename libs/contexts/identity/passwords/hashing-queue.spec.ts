import { HashingBusy, HashingQueue } from './hashing-queue.js';

/** Work that ends when it is told to. */
function work(): { readonly done: Promise<string>; run: () => Promise<string>; finish: () => void; started: boolean } {
  const { promise, resolve } = Promise.withResolvers<string>();
  const piece = {
    done: promise,
    started: false,
    finish: () => {
      resolve('done');
    },
    run: () => {
      piece.started = true;
      return promise;
    },
  };
  return piece;
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('HashingQueue', () => {
  it('B2 computes a few at once, in the order of arrival', async () => {
    const queue = new HashingQueue({ atOnce: 2, waiting: 5 });
    const pieces = Array.from({ length: 5 }, work);
    const results = pieces.map((piece) => queue.run(piece.run));
    expect(pieces.map(({ started }) => started)).toEqual([true, true, false, false, false]);
    pieces[1]?.finish();
    await settled();
    expect(pieces.map(({ started }) => started)).toEqual([true, true, true, false, false]);
    for (const piece of pieces) piece.finish();
    await expect(Promise.all(results)).resolves.toEqual(Array.from({ length: 5 }, () => 'done'));
  });

  it('B2 refuses what would wait too long, and serves again afterwards', async () => {
    const queue = new HashingQueue({ atOnce: 1, waiting: 1 });
    const [first, second] = [work(), work()];
    const results = [queue.run(first.run), queue.run(second.run)];
    await expect(queue.run(work().run)).rejects.toThrow(HashingBusy);
    first.finish();
    second.finish();
    await Promise.all(results);
    await expect(queue.run(() => Promise.resolve('again'))).resolves.toBe('again');
  });

  it('gives the place back after a failure', async () => {
    const queue = new HashingQueue({ atOnce: 1, waiting: 0 });
    await expect(queue.run(() => Promise.reject(new Error('out of memory')))).rejects.toThrow('out of memory');
    await expect(queue.run(() => Promise.resolve('fine'))).resolves.toBe('fine');
  });

  it('never computes more than it should, however pieces arrive and end', async () => {
    const queue = new HashingQueue({ atOnce: 3, waiting: 1_000 });
    let running = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        queue.run(async () => {
          running += 1;
          most = Math.max(most, running);
          if (n % 3 === 0) await settled();
          running -= 1;
        }),
      ),
    );
    expect([running, most]).toEqual([0, 3]);
  });
});
