import { randomUUID } from 'node:crypto';
import { createTestDatabase, eventually, type TestDatabase } from '@ledgerdesk/testing';
import type { AnyProjection } from '../projection.js';
import { MemoryLedger } from '../spec/memory-ledger.js';
import { asked, notebookSchema } from '../spec/notebook-database.js';
import { notebook } from '../spec/notebook.js';
import { SpecWorker } from '../spec/running.js';

const INDEX = 'words_of_pages';
const projection: AnyProjection = {
  ...notebook('wordlist'),
  indexes: [`create index ${INDEX} on {table} using gin (words) with (fastupdate = on)`],
};

describe('new entries of a GIN index', () => {
  let database: TestDatabase;
  let worker: SpecWorker;

  beforeAll(async () => {
    database = await createTestDatabase(notebookSchema(projection));
    const ledger = new MemoryLedger();
    const written = { type: 'Written', data: { words: ['alpha', 'beta'] } };
    for (let page = 0; page < 20; page += 1) ledger.append(randomUUID(), 'notebook', `p${String(page)}`, written);
    worker = new SpecWorker(database, ledger, projection).start();
  });

  afterAll(async () => {
    await worker.stop();
    await database.drop();
  });

  it('are sorted in by the worker, so that no search has to read them one by one', async () => {
    await eventually(async () => {
      expect(await asked(database, 'select 1 from wordlist')).toHaveLength(20);
    });
    await asked(database, 'create extension pgstattuple');
    await eventually(async () => {
      expect(await asked(database, `select pending_tuples as waiting from pgstatginindex('${INDEX}')`)).toEqual([
        { waiting: '0' },
      ]);
    });
  });
});
