import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ledgerdesk/testing';
import { Client } from 'pg';
import { appendContract } from '../spec/append-contract.js';
import { Collector } from '../spec/collector.js';
import { readContract } from '../spec/read-contract.js';
import { freshStream, idsOf, record, records } from '../spec/records.js';
import { subscribeContract } from '../spec/subscribe-contract.js';
import { BEGINNING, type EventStore } from '../event-store.js';
import { ledgerMigrations } from '../migrations.js';
import { postgresAdapter, CALL_ONE, callValues } from '../spec/postgres-contract-adapter.js';

let database: TestDatabase;
const adapter = (): ReturnType<typeof postgresAdapter> => postgresAdapter(database);

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

describe('the event store on Postgres', () => {
  beforeAll(async () => {
    database = await createTestDatabase({ migrations: ledgerMigrations, projections: [] });
  });
  afterAll(() => database.drop());

  appendContract(adapter);
  readContract(adapter);
  subscribeContract(adapter);

  describe('only on Postgres', () => {
    let store: EventStore;
    beforeAll(() => {
      store = adapter().open();
    });
    afterAll(() => store.close());

    it('39 a foreign idle transaction never stalls readers', async () => {
      const foreign = await connected(database.adminUrl);
      await foreign.query('begin isolation level repeatable read');
      await foreign.query('create table foreign_work (id int)');
      const collector = new Collector(store, { after: await store.head() });
      const event = record();
      await store.append(freshStream(), 'no_stream', [event]);
      await collector.has(1);
      expect(idsOf(collector.events)).toEqual([event.id]);
      await collector.close();
      await foreign.query('rollback');
      await foreign.end();
    });

    it('40 a restored copy resumes from the old checkpoint', async () => {
      await store.append(freshStream(), 'no_stream', records(5));
      const checkpoint = await store.head();
      const later = records(4);
      const stream = freshStream();
      await store.append(stream, 'no_stream', later);
      // The embedded server brings no pg_dump: its COPY does the same to the same rows.
      const copy = await createTestDatabase({ migrations: ledgerMigrations, projections: [] });
      const file = join(tmpdir(), `ledgerdesk-copy-${randomUUID()}`);
      for (const [url, direction] of [
        [database.adminUrl, 'to'],
        [copy.adminUrl, 'from'],
      ] as const) {
        const client = await connected(url);
        await client.query(`copy events ${direction} '${file}'`);
        await client.end();
      }
      await rm(file);
      const restored = postgresAdapter(copy).open();
      const collector = new Collector(restored, { after: checkpoint });
      const next = record();
      await restored.append(stream, 3, [next]);
      await collector.has(5);
      expect(idsOf(collector.events)).toEqual([...idsOf(later), next.id]);
      await collector.close();
      await restored.close();
      await copy.drop();
    });

    it('41 an append under REPEATABLE READ or SERIALIZABLE is refused', async () => {
      const client = await connected(database.appUrl);
      for (const level of ['repeatable read', 'serializable']) {
        const stream = freshStream();
        await client.query(`begin isolation level ${level}`);
        await expect(client.query(CALL_ONE, callValues(stream, record()))).rejects.toMatchObject({ code: '25000' });
        await client.query('rollback');
        await expect(store.read(stream)).rejects.toThrow();
      }
      await client.end();
    });

    it('a stopped appender does not stop the others', async () => {
      const child = appenderProcess(database.appUrl);
      try {
        for (let round = 0; round < 20; round += 1) {
          await nextLine(child);
          child.kill('SIGSTOP');
          const started = performance.now();
          await Promise.all(records(10).map((event) => store.append(freshStream(), 'no_stream', [event])));
          expect(performance.now() - started).toBeLessThan(2_000);
          child.kill('SIGCONT');
        }
      } finally {
        child.kill('SIGKILL');
      }
    });

    it.each(['ld_app', 'ld_project', 'ld_owner'])('N8 %s can not insert, change or remove an event', async (role) => {
      const stream = freshStream();
      await store.append(stream, 'no_stream', [record()]);
      const url = { ld_app: database.appUrl, ld_project: database.projectUrl, ld_owner: database.ownerUrl }[role];
      const client = await connected(url ?? '');
      const values = `(99999999, '${stream}', 1, '${randomUUID()}', '${randomUUID()}', 'X', '{}', '{}')`;
      for (const statement of [
        `insert into events values ${values}`,
        `update events set data = '{}'`,
        `delete from events`,
        `truncate events`,
      ]) {
        await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
      }
      await client.end();
      expect(await store.read(stream)).toHaveLength(1);
    });

    it('A17 a connection without a workspace sees no event, one with another workspace none of ours', async () => {
      const stream = freshStream();
      await store.append(stream, 'no_stream', [record()]);
      const client = await connected(database.appUrl);
      const count = async (): Promise<unknown> => {
        const { rows } = await client.query(`select count(*)::int as rows from events where stream = $1`, [stream]);
        return (rows as unknown[])[0];
      };
      await expect(count()).rejects.toMatchObject({ code: '42704' });
      await client.query(`select set_config('ld.workspace', $1, false)`, [randomUUID()]);
      expect(await count()).toEqual({ rows: 0 });
      await client.end();
    });

    it('gives out dense positions, also after a lost batch', async () => {
      const before = BigInt((await store.head()) || '0');
      const [a, b] = [record({ id: 'no-uuid' }), record()];
      await Promise.allSettled([
        store.append(freshStream(), 'no_stream', [a]),
        store.append(freshStream(), 'no_stream', [b]),
      ]);
      expect(BigInt(await store.head())).toBe(before + 1n);
      expect(await store.readAll({ after: BEGINNING, max: 1 })).toMatchObject([{ position: '1' }]);
    });
  });
});

/** A process that appends batches of large events without pause and prints a line for each. */
function appenderProcess(url: string): ChildProcess {
  const script = `
    import { randomUUID } from 'node:crypto';
    import pg from 'pg';
    const client = new pg.Client({ connectionString: ${JSON.stringify(url)} });
    await client.connect();
    const workspace = randomUUID().replaceAll('-', '');
    for (;;) {
      const streams = Array.from({ length: 50 }, () => 'ticket-' + workspace + '_' + randomUUID());
      const command = streams.map((_, index) => index + 1);
      await client.query('select * from append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
        streams, streams.map(() => -1), streams.map(() => 1), command, streams, streams.map(() => 0), streams.map(() => randomUUID()),
        streams.map(() => 'NoteAdded'), streams.map(() => JSON.stringify('x'.repeat(20_000))), streams.map(() => '{}'),
      ]);
      process.stdout.write('.\\n');
    }`;
  return spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function nextLine(child: ChildProcess): Promise<void> {
  if (!child.stdout) throw new Error('The process has no output.');
  await once(child.stdout, 'data');
}
