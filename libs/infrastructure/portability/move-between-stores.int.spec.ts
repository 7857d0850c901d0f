import { randomUUID } from 'node:crypto';
import { type EventStore, openEventStore, verifyStream } from '@ledgerdesk/event-store';
import { LoopbackEventStoreDb } from '../../testing/eventstoredb/loopback-event-store-db.js';
import { writeExport } from './export/write-export.js';
import { writeWholeFile } from './file/atomic-file.js';
import { fileKeyOf } from './file/passphrase.js';
import { checked, Folder, Home, linesOf, PASSPHRASE } from './spec/home.js';

describe('a workspace that moves to EventStoreDB and back to Postgres', () => {
  const folder = new Folder();
  let loopback: LoopbackEventStoreDb;
  let from: Home;
  let middle: Home;
  let back: Home;
  let store: EventStore;

  beforeAll(async () => {
    loopback = await LoopbackEventStoreDb.start();
    [from, middle, back] = [await Home.open(), await Home.open(), await Home.open()];
    const { appUrl, projectUrl } = middle.database;
    const { connections } = middle.fixture;
    store = await openEventStore({ appUrl, projectUrl, connections, eventStoreUrl: loopback.url });
  });

  afterAll(async () => {
    await store.close();
    for (const home of [from, middle, back]) await home.close();
    await loopback.stop();
    folder.remove();
  });

  it('M2 keeps ids, order, hashes and every byte, and an import that loses its connection goes on', async () => {
    const workspaceId = randomUUID();
    const ids = [randomUUID(), randomUUID()];
    for (const [index, id] of ids.entries()) await from.do(workspaceId, ['open', id, ['ada', 'eve'][index] ?? '']);
    for (let round = 0; round < 20; round += 1) {
      await from.do(workspaceId, ['name', ids[round % 2] ?? '', `${String(round)} ü "q"`]);
    }
    await from.seal();
    const history = await from.history(workspaceId);
    const there = folder.fresh();
    const { events } = await from.export(workspaceId, there);

    loopback.lose('answer');
    const imported = await middle.import(await checked(there), { store });
    expect(imported.added + imported.known).toBe(events);
    expect(await middle.import(await checked(there), { store })).toMatchObject({ added: 0, known: events });
    const stored = await store.readAll({ after: '' });
    expect(stored.map(({ position: _, ...event }) => event)).toEqual(history);
    for (const stream of Map.groupBy(stored, (event) => event.stream).values()) {
      expect(verifyStream(stream)).toBeUndefined();
    }

    const again = folder.fresh();
    const { keys, connections, installationKey } = middle;
    const salt = Buffer.alloc(16, 1).toString('base64url');
    const fileKey = await fileKeyOf(PASSPHRASE, { kdf: 'scrypt', n: 2 ** 14, r: 8, p: 1, salt });
    const wish = { workspaceId, slug: 'spec', exportedAt: new Date().toISOString(), fileKey };
    const sources = { store, keys, connections, installationKey, publicUrl: 'http://localhost' };
    await writeWholeFile(again, (file) => writeExport(sources, wish, file));
    const eventsOf = (path: string): readonly object[] => linesOf(path).filter(({ kind }) => kind === 'event');
    expect(eventsOf(again)).toEqual(eventsOf(there));
    expect(await back.import(await checked(again))).toMatchObject({ added: events, known: 0 });
    expect(await back.history(workspaceId)).toEqual(history);
    expect(await back.ownerOf(workspaceId, ids[0] ?? '')).toBe('owner ada');
  });
});
