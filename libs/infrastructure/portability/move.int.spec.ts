import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { ERASED } from '@ledgerdesk/kernel';
import { verifyLedger } from '@ledgerdesk/proof';
import { present } from '@ledgerdesk/testing';
import { proveFile } from './import/prove-file.js';
import { checked, Folder, Home, linesOf, type Step } from './spec/home.js';

describe('a workspace that is moved', () => {
  const folder = new Folder();
  let from: Home;
  let to: Home;

  beforeAll(async () => {
    [from, to] = [await Home.open(), await Home.open()];
  });

  afterAll(async () => {
    await from.close();
    await to.close();
    folder.remove();
  });

  const events = (path: string): readonly object[] => linesOf(path).filter(({ kind }) => kind === 'event');
  const person = fc.constantFrom('ada', 'grace', 'joan');
  const step = fc.oneof(
    fc.tuple(fc.constant('title' as const), fc.nat(3), person),
    fc.tuple(fc.constant('lines' as const), fc.nat(3), fc.integer({ min: 1, max: 40 })),
    fc.tuple(
      fc.constant('name' as const),
      fc.nat(3),
      fc.string({ unit: 'binary', maxLength: 8 }).filter((text) => !/[\0\p{Cs}]/u.test(text)),
    ),
  );

  it('M2 keeps ids, order, hashes and every byte, there and back, and importing twice changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.boolean(), async (steps, withKeys) => {
        const workspaceId = randomUUID();
        const ids = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
        const opening = ids.map((id, index): Step => ['open', id, ['ada', 'grace', 'joan', 'eve'][index] ?? '']);
        const doing = steps.map(([what, which, value]) => [what, ids[which], value] as unknown as Step);
        for (const each of [...opening, ...doing]) await from.do(workspaceId, each);
        const first = folder.fresh();
        const report = await from.export(workspaceId, first, { withKeys });
        const file = await checked(first);
        expect(await to.import(file)).toEqual({ added: report.events, known: 0, own: 0 });
        expect(await to.history(workspaceId)).toEqual(await from.history(workspaceId));
        expect(await to.import(await checked(first))).toEqual({ added: 0, known: report.events, own: 0 });
        expect(await to.history(workspaceId)).toEqual(await from.history(workspaceId));
        const second = folder.fresh();
        await to.export(workspaceId, second, { withKeys });
        expect(events(second)).toEqual(events(first));
        expect(await from.import(await checked(second))).toEqual({ added: 0, known: report.events, own: 0 });
      }),
      { numRuns: 8 },
    );
  });

  async function written(count = 12): Promise<{ workspaceId: string; ids: readonly string[]; path: string }> {
    const workspaceId = randomUUID();
    const ids = [randomUUID(), randomUUID()];
    for (const id of ids) await from.do(workspaceId, ['open', id, 'ada']);
    for (let round = 0; round < count; round += 1) {
      await from.do(workspaceId, ['lines', present(ids[round % 2]), 30]);
    }
    const path = folder.fresh();
    await from.export(workspaceId, path);
    return { workspaceId, ids, path };
  }

  it('can be read with its keys, and reads as erased without them until they come', async () => {
    const { workspaceId, ids, path } = await written(1);
    const bare = folder.fresh();
    await from.export(workspaceId, bare, { withKeys: false });
    expect(linesOf(bare).some(({ kind }) => kind === 'key')).toBe(false);
    await to.import(await checked(bare));
    expect(await to.ownerOf(workspaceId, present(ids[0]))).toBe(ERASED);
    await expect(to.do(workspaceId, ['title', present(ids[0]), 'ada'])).rejects.toMatchObject({
      code: 'person.key-withheld',
    });
    await to.import(await checked(path));
    expect(await to.ownerOf(workspaceId, present(ids[0]))).toBe('owner ada');
  });

  it('M6 does not bring back whom either side has erased', async () => {
    const { workspaceId, ids, path } = await written(1);
    const erasure = (keyId: string): Parameters<Home['fixture']['keys']['destroy']>[1] => ({
      keyId,
      person: `customer:${keyId}`,
      requestedEvent: randomUUID(),
      requestedAt: new Date().toISOString(),
    });
    await to.import(await checked(path));
    await to.fixture.keys.destroy(workspaceId, erasure('ada'));
    await to.import(await checked(path));
    expect(await to.ownerOf(workspaceId, present(ids[0]))).toBe(ERASED);
    await from.fixture.keys.destroy(workspaceId, erasure('ada'));
    const later = folder.fresh();
    await from.export(workspaceId, later);
    expect(linesOf(later).filter(({ kind }) => kind === 'key')).toEqual([{ kind: 'key', keyId: 'ada', wrapped: null }]);
    const third = await Home.open();
    await third.import(await checked(later));
    expect(await third.ownerOf(workspaceId, present(ids[0]))).toBe(ERASED);
    await third.close();
  });

  it('goes on after an interruption at any batch, and is whole only at the end', async () => {
    const { workspaceId, path } = await written(25);
    const file = await checked(path);
    const { store } = to.fixture;
    let batches = 0;
    for (let allowed = 1; ; allowed += 1) {
      let left = allowed;
      const dying = Object.assign(Object.create(store) as typeof store, {
        appendHistory: async (stretch: Parameters<typeof store.appendHistory>[0]) => {
          if (left === 0) throw new Error('killed');
          left -= 1;
          batches += 1;
          await store.appendHistory(stretch);
        },
      });
      const outcome = await to.import(file, { store: dying }).catch((error: unknown) => error);
      const soFar = await to.history(workspaceId);
      expect((await from.history(workspaceId)).slice(0, soFar.length)).toEqual(soFar);
      const { rows } = await to.fixture.connections.run(workspaceId, (client) =>
        client.query<{ whole: boolean }>('select whole_at is not null as whole from taken_history'),
      );
      expect(rows).toEqual([{ whole: !(outcome instanceof Error) }]);
      if (!(outcome instanceof Error)) break;
    }
    expect(batches).toBeGreaterThan(3);
    expect(await to.history(workspaceId)).toEqual(await from.history(workspaceId));
  });

  it('M2 proves in its new home what was sealed in the old one, and in a third what was sealed in both', async () => {
    const { workspaceId, ids, path: unsealed } = await written(3);
    expect(await proveFile(unsealed, [])).toMatchObject({ seals: 0 });
    await from.seal();
    await from.do(workspaceId, ['lines', present(ids[0]), 4]);
    const path = folder.fresh();
    const { events: all } = await from.export(workspaceId, path);
    const [key] = linesOf(path).filter(({ kind }) => kind === 'sealKey');
    const publicKey = String(key?.publicKey);
    expect(await proveFile(path, [publicKey])).toMatchObject({ events: all, unsealed: 4, unknownSeals: 0 });
    const stranger = await Home.open();
    await stranger.seal();
    await expect(proveFile(path, [`ed25519:${'A'.repeat(43)}`])).rejects.toMatchObject({ code: 'file.unproved' });
    await stranger.import(await checked(path));
    const { store } = stranger.fixture;
    const here = { store, connections: stranger.connections, workspace: workspaceId };
    expect(await verifyLedger({ ...here, trust: { publicKeys: [publicKey] } })).toMatchObject({
      events: all,
      seals: 1,
    });
    await stranger.seal();
    await stranger.do(workspaceId, ['lines', present(ids[1]), 2]);
    await stranger.seal();
    const onward = folder.fresh();
    await stranger.export(workspaceId, onward);
    const third = await Home.open();
    await third.import(await checked(onward));
    const verdict = await proveFile(onward, []);
    expect(verdict).toMatchObject({ events: all + 2, unsealed: 0 });
    expect(verdict.finding).toBeUndefined();
    const again = folder.fresh();
    await third.export(workspaceId, again);
    expect(events(again)).toEqual(events(onward));
    expect(linesOf(again).filter(({ kind }) => kind === 'seal')).toHaveLength(3);
    await third.close();
    await stranger.close();
  });

  it('is exported as it stands at one moment while others write', async () => {
    const { workspaceId, ids } = await written(2);
    const stop = new AbortController();
    const writers = ids.map(async (id) => {
      while (!stop.signal.aborted) await from.do(workspaceId, ['lines', id, 3]);
    });
    for (let round = 0; round < 5; round += 1) {
      const path = folder.fresh();
      await from.export(workspaceId, path);
      await checked(path);
      const held = events(path).map(({ kind: _, ...event }: { kind?: unknown }) => event);
      expect((await from.history(workspaceId)).slice(0, held.length)).toEqual(held);
    }
    stop.abort();
    await Promise.all(writers);
  });

  it('is refused where its history went on otherwise, and quiet where it went on', async () => {
    const { workspaceId, ids, path } = await written(3);
    await to.import(await checked(path));
    await to.do(workspaceId, ['lines', present(ids[0]), 2]);
    expect(await to.import(await checked(path))).toMatchObject({ added: 0, own: 2 });
    await from.do(workspaceId, ['lines', present(ids[0]), 2]);
    const later = folder.fresh();
    await from.export(workspaceId, later);
    const before = await to.history(workspaceId);
    await expect(to.import(await checked(later))).rejects.toMatchObject({ code: 'workspace.other-history' });
    await from.do(workspaceId, ['lines', present(ids[1]), 2]);
    const more = folder.fresh();
    await from.export(workspaceId, more);
    await expect(to.import(await checked(more))).rejects.toMatchObject({ code: 'workspace.other-history' });
    expect(await to.history(workspaceId)).toEqual(before);
  });

  it('is imported by one command at a time, and into no clock that is behind it', async () => {
    const { workspaceId, path } = await written(2);
    const file = await checked(path);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    await expect(to.import({ ...file, historyUntil: tomorrow })).rejects.toMatchObject({ code: 'clock.behind' });
    expect(await to.history(workspaceId)).toEqual([]);
    let second: unknown;
    await to.import(file, {
      beforeOpening: async () => {
        second = await to.import(file).catch((error: unknown) => error);
      },
    });
    expect(second).toMatchObject({ code: 'workspace.moving' });
  });
});
