import { randomUUID } from 'node:crypto';
import { createTestDatabase, present, type TestDatabase } from '@ledgerdesk/testing';
import { Client } from 'pg';
import { QUICK_COMMIT } from './quick-commit.js';
import { ReadStore } from './read-store.js';
import { asked, notebookSchema } from './spec/notebook-database.js';
import { notebook } from './spec/notebook.js';
import { tenantTable } from './tenant-table.js';
import { ReadStoreUnavailable } from './unavailable.js';

const ours = randomUUID();
const theirs = randomUUID();

describe('ReadStore', () => {
  let database: TestDatabase;
  let store: ReadStore;

  beforeAll(async () => {
    database = await createTestDatabase(notebookSchema(notebook()));
    store = new ReadStore({ url: database.appUrl, connections: 3 });
    await asked(database, 'create table draft (id text, workspace_id uuid)');
    for (const statement of tenantTable('draft', 'select, insert')) await asked(database, statement);
    for (const [workspace, id] of [
      [ours, 'ours'],
      [theirs, 'theirs'],
    ])
      await asked(
        database,
        `insert into notebook_v1 (id, workspace_id, revision, words, about, changed_at) values ($1, $2, 0, '{}', '{}', now())`,
        [id, workspace],
      );
  });

  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  it('A13 shows each of two workspaces its own rows in 1,000 interleaved runs over three connections', async () => {
    const runs = Array.from({ length: 1_000 }, (_, index) => {
      const workspace = index % 3 === 0 ? ours : theirs;
      // No predicate on the workspace: row level security alone keeps the rows apart.
      return store.run(workspace, async (sql) => {
        await sql.rows('select pg_sleep(0)');
        const seen = await sql.rows<{ id: string }>('select id from notebook');
        return [workspace, seen.map(({ id }) => id)] as const;
      });
    });
    for (const [workspace, seen] of await Promise.all(runs))
      expect(seen).toEqual([workspace === ours ? 'ours' : 'theirs']);
  });

  it.each([
    ['does not wait for the disk beside the ledger', true, 'off'],
    ['waits for the disk when the ledger is elsewhere', false, 'on'],
    ['waits for the disk unless told where the ledger is', undefined, 'on'],
  ])('a quick commit %s', async (_, holdsLedger, expected) => {
    const other = new ReadStore({
      url: database.appUrl,
      connections: 1,
      ...(holdsLedger !== undefined && { holdsLedger }),
    });
    const [seen, after] = await other.run(ours, async (sql) => [
      await sql.rows(`with ${QUICK_COMMIT} select current_setting('synchronous_commit') as setting from quick`),
      await sql.rows(`select current_setting('synchronous_commit') as setting`),
    ]);
    expect([seen, after]).toEqual([[{ setting: expected }], [{ setting: 'on' }]]);
    await other.close();
  });

  it('A17 gives a piece of work without a workspace no rows, also on a connection that had one', async () => {
    await store.run(ours, (sql) => sql.rows('select 1'));
    expect(await store.global((sql) => sql.rows('select id from notebook'))).toEqual([]);
  });

  it('A17 shows and takes nothing on a connection without a setting', async () => {
    const client = new Client({ connectionString: database.appUrl });
    await client.connect();
    try {
      await expect(client.query('select id from notebook')).rejects.toThrow('ld.workspace');
      await expect(client.query(`insert into draft values ('d', $1)`, [ours])).rejects.toThrow('ld.workspace');
    } finally {
      await client.end();
    }
  });

  it('A17 refuses a row for another workspace', async () => {
    const foreign = store.run(ours, (sql) => sql.rows(`insert into draft values ('d', $1)`, [theirs]));
    await expect(foreign).rejects.toThrow('row-level security');
  });

  it('lets nobody but the runner write a read model', async () => {
    const write = store.run(ours, (sql) => sql.rows(`update notebook_v1 set revision = 7`));
    await expect(write).rejects.toThrow('permission denied');
  });

  it('refuses a statement after the connection was given back', async () => {
    let kept: Parameters<Parameters<ReadStore['run']>[1]>[0] | undefined;
    await store.run(ours, (sql) => {
      kept = sql;
      return Promise.resolve();
    });
    await expect(kept?.rows('select 1')).rejects.toThrow('given back');
  });

  it('rolls a transaction back when its work fails, and keeps the connection usable', async () => {
    const failing = store.run(ours, (sql) =>
      sql.transaction(async (inside) => {
        await inside.rows(`insert into draft values ('lost', $1)`, [ours]);
        throw new Error('changed my mind');
      }),
    );
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await store.run(ours, (sql) => sql.rows(`select id from draft where id = 'lost'`))).toEqual([]);
  });

  it('throws a broken connection away and says that the store was not available', async () => {
    const single = new ReadStore({ url: database.appUrl, connections: 1 });
    try {
      const [backend] = await single.run(ours, (sql) => sql.rows<{ pid: number }>('select pg_backend_pid() as pid'));
      const broken = single.run(ours, async (sql) => {
        await asked(database, 'select pg_terminate_backend($1)', [present(backend).pid]);
        return sql.rows('select 1');
      });
      await expect(broken).rejects.toBeInstanceOf(ReadStoreUnavailable);
      const seen = await single.run(ours, (sql) => sql.rows<{ id: string }>('select id from notebook'));
      expect(seen).toEqual([{ id: 'ours' }]);
    } finally {
      await single.close();
    }
  });
});
