import { createTestDatabase, type TestDatabase } from '@ledgerdesk/testing';
import { LoopbackEventStoreDb } from '../../../testing/eventstoredb/loopback-event-store-db.js';
import type { EventStore } from '../event-store.js';
import { ledgerMigrations } from '../migrations.js';
import type { ContractAdapter } from './adapter.js';
import { eventStoreDbAdapter } from './eventstoredb-contract-adapter.js';
import { dice, FuzzedSteps, FuzzedStore, fuzzedRecords } from './fuzzer.js';
import { postgresAdapter } from './postgres-contract-adapter.js';

/** `FUZZ_SEED` repeats a run; `FUZZ_STEPS` makes it longer or shorter. */
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const steps = Number(process.env.FUZZ_STEPS ?? (process.env.NIGHTLY === undefined ? 600 : 9_000));
const realServer = process.env.EVENTSTORE_TEST_URL;

describe('the event stores, side by side', () => {
  let database: TestDatabase;
  let loopback: LoopbackEventStoreDb;
  let stores: readonly EventStore[];

  beforeAll(async () => {
    database = await createTestDatabase({ migrations: ledgerMigrations, projections: [] });
    loopback = await LoopbackEventStoreDb.start();
    const adapters: ContractAdapter[] = [postgresAdapter(database), eventStoreDbAdapter(loopback.url)];
    if (realServer !== undefined) adapters.push(eventStoreDbAdapter(realServer));
    stores = adapters.map((adapter) => adapter.open());
  });

  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await loopback.stop();
    await database.drop();
  });

  it(
    `47 answer every step of a long run alike (FUZZ_SEED=${String(seed)}, ${String(steps)} steps)`,
    async () => {
      const roll = dice(seed);
      const records = fuzzedRecords(roll, steps * 4);
      const runs = await Promise.all(stores.map((store) => FuzzedStore.on(store, records)));
      const next = new FuzzedSteps(roll);
      let accepted = 0;
      for (let count = 0; count < steps; count += 1) {
        const step = next.next();
        const [first, ...others] = await Promise.all(runs.map((run) => run.take(step)));
        for (const other of others) expect({ count, step, outcome: other }).toEqual({ count, step, outcome: first });
        if (step.kind === 'append' && JSON.stringify(first).startsWith('{"revision"')) accepted += 1;
      }
      expect(accepted).toBeGreaterThan(steps / 3);
      const [first, ...others] = await Promise.all(runs.map((run) => run.end()));
      for (const ended of [first, ...others]) expect(ended?.followed).toEqual(ended?.read);
      for (const ended of others) expect(ended.read).toEqual(first?.read);
    },
    60_000 + steps * 100,
  );
});
