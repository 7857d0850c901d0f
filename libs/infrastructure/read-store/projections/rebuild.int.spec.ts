import { randomUUID } from 'node:crypto';
import { createTestDatabase, eventually, type TestDatabase } from '@ledgerdesk/testing';
import { Client } from 'pg';
import type { Connections } from '../connections.js';
import { ReadStore } from '../read-store.js';
import { MemoryLedger } from '../spec/memory-ledger.js';
import { asked, notebookSchema } from '../spec/notebook-database.js';
import { notebook } from '../spec/notebook.js';
import { caughtUp, runnerConnections, runnerOf } from '../spec/running.js';
import { installProjections, reinstall } from './install-projections.js';
import { ProjectionProgress } from './progress.js';
import { rowHash } from './row-hash.js';

const workspace = randomUUID();
const projection = notebook();

describe('rebuilding a read model', () => {
  let database: TestDatabase;
  let connections: Connections;
  let owner: Client;

  beforeAll(async () => {
    database = await createTestDatabase(notebookSchema(projection));
    connections = runnerConnections(database);
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
  });

  afterAll(async () => {
    await owner.end();
    await connections.close();
    await database.drop();
  });

  function history(): MemoryLedger {
    const ledger = new MemoryLedger();
    for (let index = 0; index < 500; index += 1)
      ledger.append(workspace, 'notebook', `p${String(index % 40)}`, {
        type: 'Written',
        data: { words: index % 97 === 0 ? ['tear'] : [`w${String(index)}`, 'ü'] },
      });
    return ledger;
  }

  it('M3 drops it under a running runner and under readers, and ends with equal rows', async () => {
    const ledger = history();
    const runner = runnerOf(ledger, connections, [projection]);
    runner.start();
    await caughtUp(database, ledger, 'notebook');
    const live = await connections.use((sql) => rowHash(sql, projection));
    expect(live.rows).toBe(39);

    const desk = new ReadStore({ url: database.appUrl, connections: 2 });
    const reading = new AbortController();
    const failures: unknown[] = [];
    const readers = [1, 2].map(async () => {
      while (!reading.signal.aborted)
        await desk
          .run(workspace, (sql) => sql.rows('select * from notebook order by id limit 5'))
          .catch((error: unknown) => failures.push(error));
    });
    for (let round = 0; round < 3; round += 1) {
      await reinstall(projection, owner);
      await caughtUp(database, ledger, 'notebook');
      expect(await connections.use((sql) => rowHash(sql, projection))).toEqual(live);
    }
    reading.abort();
    await Promise.all(readers);
    await desk.close();
    await runner.stop();
    expect(failures).toEqual([]);
  });

  it('tells two read models apart that differ in one word', async () => {
    const before = await connections.use((sql) => rowHash(sql, projection));
    await asked(
      database,
      `update notebook_v1 set words = words || 'x'::text where id = (select min(id) from notebook_v1)`,
    );
    expect(await connections.use((sql) => rowHash(sql, projection))).not.toEqual(before);
  });

  it('installs nothing twice, and builds a newer version beside the one that is read', async () => {
    await installProjections([projection], owner);
    expect(await asked(database, 'select count(*)::int as rows from notebook_v1')).toEqual([{ rows: 39 }]);
    for (let round = 0; round < 2; round += 1) await installProjections([{ ...projection, version: 2 }], owner);
    expect(await asked(database, 'select count(*)::int as rows from notebook')).toEqual([{ rows: 39 }]);
    expect(await asked(database, 'select name, version, position from ledger_checkpoint order by name')).toMatchObject([
      { name: 'notebook', version: 1 },
      { name: 'notebook_v2', version: 2, position: '' },
    ]);
  });

  it('makes it anew when somebody has dropped its table', async () => {
    await asked(database, 'drop table notebook_v1 cascade');
    await installProjections([{ ...projection, version: 2 }], owner);
    expect(await asked(database, 'select count(*)::int as rows from notebook')).toEqual([{ rows: 0 }]);
    expect(
      await asked(database, `select relname from pg_class where relkind = 'r' and relname like 'notebook%'`),
    ).toEqual([{ relname: 'notebook_v2' }]);
  });

  it('keeps the tables of read models under row level security, forced', async () => {
    const tables = await asked(
      database,
      `select relrowsecurity as "on", relforcerowsecurity as forced from pg_class where relname = 'notebook_v2'`,
    );
    expect(tables).toEqual([{ on: true, forced: true }]);
  });
});

describe('ProjectionProgress', () => {
  let database: TestDatabase;
  let connections: Connections;
  let progress: ProjectionProgress;
  const ledger = new MemoryLedger();

  beforeAll(async () => {
    database = await createTestDatabase(notebookSchema(projection));
    connections = runnerConnections(database);
    progress = new ProjectionProgress({ url: database.appUrl, compare: (a, b) => ledger.compare(a, b) });
    await progress.start();
  });

  afterAll(async () => {
    await progress.close();
    await connections.close();
    await database.drop();
  });

  function write(): string {
    return ledger.append(workspace, 'notebook', 'p', { type: 'Written', data: { words: ['w'] } }).position;
  }

  it('K11 tells when a read model has reached a position, and gives up after the time', async () => {
    const position = write();
    expect(await progress.waitFor('notebook', position, 20)).toBe('stale');
    const waiting = progress.waitFor('notebook', position, 5_000);
    const runner = runnerOf(ledger, connections, [projection]);
    runner.start();
    expect(await waiting).toBe('reached');
    expect(await progress.waitFor('notebook', position, 0)).toBe('reached');
    expect(await progress.consumers()).toMatchObject([{ consumer: 'notebook', position, parkedStreams: 0 }]);

    await asked(
      database,
      `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = 'ledgerdesk-progress'`,
    );
    const next = write();
    await eventually(async () => {
      expect(await progress.waitFor('notebook', next, 100)).toBe('reached');
    });
    await runner.stop();
  });
});
