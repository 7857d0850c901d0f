import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  checkBackup,
  LEFT_OUT,
  openRestored,
  refuseUnfinishedRestore,
  restoreBackup,
  tablesOf,
  takeBackup,
} from '@ledgerdesk/backup';
import { installProjections } from '@ledgerdesk/read-store';
import {
  type Caller,
  caller,
  createTestDatabase,
  startTestDesk,
  type TestDatabase,
  type TestDesk,
} from '@ledgerdesk/testing';
import { Client } from 'pg';
import { schema } from './schema.js';

let desk: TestDesk;
let agent: Caller;
let live: Client;
let folder: string;
let state: string;
let keys: string;

beforeAll(async () => {
  desk = await startTestDesk();
  agent = await caller(desk, 'agent@demo.test');
  live = await connected(desk.database.adminUrl);
  folder = await mkdtemp(join(tmpdir(), 'ledgerdesk-backup-'));
  [state, keys] = [join(folder, 'state'), join(folder, 'keys')];
}, 120_000);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await live.end();
  await desk.close();
});

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

async function column<T>(client: Client, text: string): Promise<T[]> {
  const { rows } = await client.query<{ value: T }>(text);
  return rows.map(({ value }) => value);
}

const openTicket = async (subject: string): Promise<string> => {
  const { body } = await agent
    .post(
      '/tickets',
      { subject, body: `Text of ${subject}`, requester: { email: `${randomUUID()}@example.org`, name: 'Kim' } },
      { 'Idempotency-Key': randomUUID() },
    )
    .expect(201);
  return (body as { id: string }).id;
};

const backUp = (to = { folder: state, keysFolder: keys }): ReturnType<typeof takeBackup> =>
  takeBackup({ databaseUrl: desk.database.databaseUrl, ledger: 'postgres', ...to });

/** An empty database of the same server, as `npm start` finds it. */
async function emptyDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase({ migrations: [], projections: [] });
  const admin = await connected(database.adminUrl);
  await admin.query('drop table schema_migration');
  await admin.end();
  return database;
}

const restore = (into: TestDatabase, from = { folder: state, keysFolder: keys }): ReturnType<typeof restoreBackup> =>
  restoreBackup({
    databaseUrl: into.databaseUrl,
    installationKey: into.installationKey,
    migrations: schema.migrations,
    install: (owner) => installProjections(schema.projections, owner),
    ...from,
  });

const EVENTS =
  'select array[global_position::text, stream, revision::text, id::text, data, metadata] as value from events order by global_position';

describe('a backup', () => {
  it('knows the fate of every table', async () => {
    const tables = await tablesOf(live);
    const names = await column<string>(
      live,
      `select relname::text as value from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
    );
    expect(tables.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    const named = (fate: string): string[] => tables.filter((table) => table.fate === fate).map(({ name }) => name);
    expect(named('left-out').toSorted()).toEqual(Object.keys(LEFT_OUT).toSorted());
    expect(named('keys')).toEqual(['person_key', 'workspace_key']);
    expect(named('state')).toEqual(
      expect.arrayContaining(['events', 'account', 'account_seat', 'effect', 'idempotency']),
    );
    expect(named('rebuilt')).toHaveLength(schema.projections.length);
  });

  it('M1 taken while people write is one moment, and what is restored from it reads the same', async () => {
    await Promise.all(Array.from({ length: 5 }, (_, index) => openTicket(`Before ${String(index)}`)));
    const writing = Promise.all(Array.from({ length: 20 }, (_, index) => openTicket(`Meanwhile ${String(index)}`)));
    const manifest = await backUp();
    await writing;
    await openTicket('After');

    const expected = (await column<string[]>(live, EVENTS)).filter(
      ([position]) => BigInt(position ?? '0') <= BigInt(manifest.position),
    );
    const database = await emptyDatabase();
    await restore(database);
    const restored = await connected(database.adminUrl);
    expect(await column<string[]>(restored, EVENTS)).toEqual(expected);
    expect(expected.length).toBeGreaterThan(5);
    const accounts = 'select array[email, password_hash] as value from account order by 1';
    expect(await column(restored, accounts)).toEqual(await column(live, accounts));
    expect(await column(restored, 'select count(*)::int as value from session')).toEqual([0]);
    await restored.end();
    await database.drop();
  });

  it('keeps keys and personal texts apart, and both from other users', async () => {
    const files = await column<string>(live, `select relname::text as value from pg_class where relname like '%_key'`);
    expect(files).toContain('person_key');
    for (const name of ['person_key', 'workspace_key']) {
      await expect(stat(join(state, `${name}.copy.gz`))).rejects.toMatchObject({ code: 'ENOENT' });
      expect((await stat(join(keys, `${name}.copy.gz`))).mode & 0o077).toBe(0);
    }
    expect((await stat(state)).mode & 0o077).toBe(0);
  });

  it('never writes over another one', async () => {
    await expect(backUp()).rejects.toMatchObject({ code: 'backup.folder-exists' });
  });
});

describe('a restore', () => {
  it('keeps the desk closed until it has finished, and may be repeated when it was killed', async () => {
    const database = await emptyDatabase();
    await restore(database);
    await expect(refuseUnfinishedRestore(database.appUrl)).rejects.toMatchObject({ code: 'restore.unfinished' });
    await restore(database);
    await openRestored(database.databaseUrl);
    await expect(refuseUnfinishedRestore(database.appUrl)).resolves.toBeUndefined();
    await expect(restore(database)).rejects.toMatchObject({ code: 'restore.not-empty' });
    await database.drop();
  });

  it('leaves an installation alone that somebody uses, and a database of somebody else', async () => {
    const before = await column<string[]>(live, EVENTS);
    await expect(restore(desk.database)).rejects.toMatchObject({ code: 'restore.desk-runs' });
    expect(await column<string[]>(live, EVENTS)).toEqual(before);
    const foreign = await emptyDatabase();
    const admin = await connected(foreign.adminUrl);
    await admin.query('create table theirs (id int)');
    await expect(restore(foreign)).rejects.toMatchObject({ code: 'restore.not-empty' });
    expect(await column(admin, `select to_regclass('theirs')::text as value`)).toEqual(['theirs']);
    await admin.end();
    await foreign.drop();
  });

  it('takes a fresh installation that holds nothing', async () => {
    const database = await createTestDatabase();
    await expect(restore(database)).resolves.toMatchObject({ part: 'state' });
    await database.drop();
  });

  it('refuses another installation key, and nothing stays', async () => {
    const database = await emptyDatabase();
    await expect(restore({ ...database, installationKey: new Uint8Array(32) })).rejects.toMatchObject({
      code: 'backup.other-keys',
    });
    const admin = await connected(database.adminUrl);
    expect(await column(admin, 'select count(*)::int as value from events')).toEqual([0]);
    await admin.end();
    await database.drop();
  });
});

describe('a damaged backup', () => {
  let damaged: { folder: string; keysFolder: string };

  beforeEach(async () => {
    const name = randomUUID();
    damaged = { folder: join(folder, name), keysFolder: join(folder, `${name}-keys`) };
    await backUp(damaged);
  });

  const rewrite = async (change: (manifest: Record<string, unknown>) => void): Promise<void> => {
    const path = join(damaged.folder, 'manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
    change(manifest);
    await writeFile(path, JSON.stringify(manifest));
  };

  it.each<[string, string, () => Promise<void>]>([
    ['was cut off in a file', 'backup.damaged', () => truncate(join(damaged.folder, 'events.copy.gz'), 200)],
    ['misses a file', 'backup.damaged', () => rm(join(damaged.folder, 'account.copy.gz'))],
    ['was never finished', 'backup.incomplete', () => rm(join(damaged.folder, 'manifest.json'))],
    ['has a damaged manifest', 'backup.unreadable', () => truncate(join(damaged.folder, 'manifest.json'), 50)],
    ['comes from a newer release', 'backup.newer-format', () => rewrite((manifest) => (manifest.version = 2))],
    ['has keys of another one', 'backup.other-keys', () => rewrite((manifest) => (manifest.backup = randomUUID()))],
    [
      'hides a changed row',
      'backup.damaged',
      () =>
        rewrite((manifest) => {
          const files = manifest.files as { table: string; sha256: string }[];
          const events = files.find(({ table }) => table === 'events');
          if (events) events.sha256 = '0'.repeat(64);
        }),
    ],
  ])('that %s is refused before anything is written', async (_, code, damage) => {
    await damage();
    await expect(checkBackup(damaged.folder, damaged.keysFolder)).rejects.toMatchObject({ code });
    const database = await emptyDatabase();
    await expect(restore(database, damaged)).rejects.toMatchObject({ code });
    const admin = await connected(database.adminUrl);
    expect(await column(admin, `select to_regclass('events')::text as value`)).toEqual([null]);
    await admin.end();
    await database.drop();
  });

  it('of a newer schema is refused', async () => {
    await rewrite((manifest) => (manifest.migrations as string[]).push('Migration20991231_01_later'));
    const database = await emptyDatabase();
    await expect(restore(database, damaged)).rejects.toMatchObject({ code: 'backup.newer-schema' });
    await database.drop();
  });
});
