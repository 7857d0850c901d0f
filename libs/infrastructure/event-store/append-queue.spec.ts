import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { EventStoreBusy } from './errors.js';
import { AppendQueue, type PendingAppend } from './append-queue.js';

function append(workspaceId = 'w', stream: string = randomUUID(), bytes = 100): PendingAppend {
  const ignore = (): void => undefined;
  return { stream, workspaceId, expected: 'no_stream', events: [], bytes, resolve: ignore, reject: ignore };
}

describe('the queue of appends', () => {
  it('refuses more than it holds, and takes more once a batch was taken', () => {
    const queue = new AppendQueue(3);
    for (let count = 0; count < 3; count += 1) queue.push(append(), 'interactive');
    expect(() => {
      queue.push(append(), 'bulk');
    }).toThrow(EventStoreBusy);
    queue.takeBatch();
    expect(() => {
      queue.push(append(), 'bulk');
    }).not.toThrow();
  });

  it('serves workspaces in turn, so that a busy one does not hold up a quiet one', () => {
    const queue = new AppendQueue(10_000);
    for (let count = 0; count < 1_000; count += 1) queue.push(append('busy'), 'interactive');
    queue.push(append('quiet'), 'interactive');
    const batch = queue.takeBatch();
    expect(batch).toHaveLength(200);
    expect(batch.findIndex(({ workspaceId }) => workspaceId === 'quiet')).toBe(1);
  });

  it('begins the next batch with those whom the last one left out', () => {
    const queue = new AppendQueue(1_000);
    const workspaces = Array.from({ length: 250 }, (_, index) => `w${String(index)}`);
    for (const workspaceId of [...workspaces, ...workspaces]) queue.push(append(workspaceId), 'interactive');
    const served = [...queue.takeBatch(), ...queue.takeBatch()].map(({ workspaceId }) => workspaceId);
    expect(new Set(served)).toEqual(new Set(workspaces));
  });

  it('lets imports fill at most half of a batch, and never the place of others', () => {
    const queue = new AppendQueue(10_000);
    for (let count = 0; count < 500; count += 1) queue.push(append('import'), 'bulk');
    expect(queue.takeBatch()).toHaveLength(100);
    for (let count = 0; count < 150; count += 1) queue.push(append('desk'), 'interactive');
    const batch = queue.takeBatch();
    expect(batch.filter(({ workspaceId }) => workspaceId === 'desk')).toHaveLength(150);
    expect(batch).toHaveLength(200);
  });

  it('puts at most one append per stream into a batch and keeps their order', () => {
    const queue = new AppendQueue(100);
    const same = [append('w', 's'), append('w', 's'), append('w', 's')];
    for (const one of same) queue.push(one, 'interactive');
    queue.push(append('w', 'other'), 'interactive');
    expect(queue.takeBatch()).toHaveLength(2);
    expect([queue.takeBatch()[0], queue.takeBatch()[0]]).toEqual(same.slice(1));
  });

  it('ends a batch at 8 MiB', () => {
    const queue = new AppendQueue(100);
    for (let count = 0; count < 50; count += 1) queue.push(append('w', randomUUID(), 1_048_576), 'interactive');
    expect(queue.takeBatch()).toHaveLength(8);
  });

  it('hands out everything exactly once, whatever arrives', () => {
    const arrivals = fc.array(
      fc.record({ workspace: fc.constantFrom('a', 'b', 'c'), stream: fc.nat({ max: 20 }), bulk: fc.boolean() }),
      { maxLength: 600 },
    );
    fc.assert(
      fc.property(arrivals, (list) => {
        const queue = new AppendQueue(1_000);
        const pushed = list.map(({ workspace, stream, bulk }) => {
          const one = append(workspace, `${workspace}-${String(stream)}`);
          queue.push(one, bulk ? 'bulk' : 'interactive');
          return one;
        });
        const taken: PendingAppend[] = [];
        for (let batch = queue.takeBatch(); batch.length > 0; batch = queue.takeBatch()) {
          expect(new Set(batch.map(({ stream }) => stream)).size).toBe(batch.length);
          taken.push(...batch);
        }
        expect(new Set(taken)).toEqual(new Set(pushed));
        expect(taken).toHaveLength(pushed.length);
      }),
    );
  });
});
