import { randomUUID } from 'node:crypto';
import { ERASED, Personal } from '@ledgerdesk/kernel';
import { createTestDatabase, present, type TestDatabase } from '@ledgerdesk/testing';
import { Client } from 'pg';
import { context, destructionOf, LedgerFixture } from '../spec/ledger-fixture.js';
import { NameNotebook, notebook, OpenNotebook, RetitleNotebook } from '../spec/notebook.js';
import { KeyMissing } from '../errors.js';
import { ledgerMigrations } from '../migrations.js';
import { streamName } from '../stream-name.js';
import { UnreadableEvent } from './event-codec.js';

describe('the codec and the keys', () => {
  let database: TestDatabase;
  let desk: LedgerFixture;
  let admin: Client;
  const workspaceId = randomUUID();

  beforeAll(async () => {
    database = await createTestDatabase({ migrations: ledgerMigrations, projections: [] });
    desk = new LedgerFixture(database);
    admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
  });
  afterAll(async () => {
    await admin.end();
    await desk.close();
    await database.drop();
  });

  async function opened(keyId: string, owner: string, fixture = desk): Promise<string> {
    const id = randomUUID();
    const command = new OpenNotebook(id, new Personal(keyId, owner));
    return (await fixture.runner.run(notebook, command, context(workspaceId))).stream;
  }

  const texts = async (stream: string, fixture = desk): Promise<readonly unknown[]> =>
    (await fixture.ledger.read(stream)).flatMap(({ data }) =>
      Object.values(data).map((value: unknown) => (value instanceof Personal ? value.text : value)),
    );

  it('keeps a personal text out of the stored bytes and gives it back, in any process', async () => {
    const canary = `canary-${randomUUID()} ü "quoted"`;
    const stream = await opened('carol', canary);
    const { rows } = await admin.query<{ dump: string }>('select string_agg(events::text, $1) as dump from events', [
      '\n',
    ]);
    expect(present(rows[0]).dump).not.toContain(canary.slice(0, 40));
    const restarted = new LedgerFixture(database);
    expect(await texts(stream, restarted)).toEqual([canary]);
    await restarted.close();
  });

  it('finds one changed byte of one event and names it', async () => {
    const stream = await opened('carol', 'x');
    const id = present(stream.split('_')[1]);
    await desk.runner.run(notebook, new NameNotebook(id, 'kept'), context(workspaceId));
    expect(await desk.ledger.verify(stream)).toBeUndefined();
    await admin.query('alter table events disable trigger append_only');
    await admin.query(`update events set data = replace(data, 'kept', 'kepT') where stream = $1 and revision = 1`, [
      stream,
    ]);
    await admin.query('alter table events enable trigger append_only');
    expect(await desk.ledger.verify(stream)).toEqual({ stream, revision: 1, reason: 'hash' });
  });

  it('reads a changed envelope as an error and never as another text', async () => {
    const stream = await opened('carol', 'secret');
    await admin.query('alter table events disable trigger append_only');
    await admin.query(
      `update events set data = replace(data, '"ciphertext":"', '"ciphertext":"AAAA') where stream = $1`,
      [stream],
    );
    await admin.query('alter table events enable trigger append_only');
    await expect(desk.ledger.read(stream)).rejects.toBeInstanceOf(UnreadableEvent);
  });

  it('reads every text of a destroyed key as erased, also in a process that has no cache, and still verifies', async () => {
    const keyId = randomUUID();
    const stream = await opened(keyId, 'Dora');
    const kept = await opened('carol', 'Carol');
    await desk.keys.destroy(workspaceId, destructionOf(keyId));
    await desk.keys.destroy(workspaceId, destructionOf(keyId));
    const restarted = new LedgerFixture(database);
    for (const fixture of [desk, restarted]) {
      expect(await texts(stream, fixture)).toEqual([ERASED]);
      expect(await texts(kept, fixture)).toEqual(['Carol']);
    }
    await restarted.close();
    expect(await desk.ledger.verify(stream)).toBeUndefined();
  });

  it('does not take a lost key for a destroyed one', async () => {
    const keyId = randomUUID();
    const stream = await opened(keyId, 'Eve');
    await admin.query('delete from person_key where key_id = $1', [keyId]);
    const restarted = new LedgerFixture(database);
    const error: unknown = await restarted.ledger.read(stream).catch((caught: unknown) => caught);
    await restarted.close();
    expect(error).toBeInstanceOf(UnreadableEvent);
    expect((error as UnreadableEvent).cause).toBeInstanceOf(KeyMissing);
  });

  it('lets nobody replace a key, and destroys it only once', async () => {
    const keyId = randomUUID();
    await opened(keyId, 'Frank');
    const app = new Client({ connectionString: database.appUrl });
    await app.connect();
    await app.query(`select set_config('ld.workspace', $1, false)`, [workspaceId]);
    await expect(app.query(`update person_key set wrapped = '\\x00' where key_id = $1`, [keyId])).rejects.toMatchObject(
      { code: '42501' },
    );
    await expect(app.query('delete from person_key')).rejects.toMatchObject({ code: '42501' });
    await expect(app.query('update workspace_key set wrapped = wrapped')).rejects.toMatchObject({ code: '42501' });
    await app.query(`select set_config('ld.workspace', $1, false)`, [randomUUID()]);
    expect((await app.query('select 1 from person_key where key_id = $1', [keyId])).rowCount).toBe(0);
    await app.end();
  });

  it('makes one key per person, also when many ask at once in two processes', async () => {
    const second = new LedgerFixture(database);
    const keyIds = Array.from({ length: 10 }, () => randomUUID());
    const streams = await Promise.all(
      Array.from({ length: 80 }, (_, index) =>
        opened(present(keyIds[index % 10]), `person ${String(index % 10)}`, index % 2 === 0 ? desk : second),
      ),
    );
    const restarted = new LedgerFixture(database);
    for (const [index, stream] of streams.entries()) {
      expect(await texts(stream, restarted)).toEqual([`person ${String(index % 10)}`]);
    }
    await Promise.all([second.close(), restarted.close()]);
  });

  it('uses the key that another process is just storing', async () => {
    const keyId = randomUUID();
    const first = await opened(keyId, 'first');
    const { rows } = await admin.query<{ wrapped: Buffer }>(
      'delete from person_key where key_id = $1 returning wrapped',
      [keyId],
    );
    const storing = new Client({ connectionString: database.adminUrl });
    await storing.connect();
    await storing.query('begin');
    await storing.query('insert into person_key values ($1, $2, $3)', [workspaceId, keyId, present(rows[0]).wrapped]);
    const late = new LedgerFixture(database);
    const opening = opened(keyId, 'second', late);
    const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event = 'transactionid'`;
    while ((await admin.query(waiting)).rowCount === 0);
    await storing.query('commit');
    await storing.end();
    expect([await texts(first, late), await texts(await opening, late)]).toEqual([['first'], ['second']]);
    await late.close();
  });

  it('opens a page of many events and workspaces with one query per workspace', async () => {
    const workspaces = [randomUUID(), randomUUID()];
    const before = await desk.store.head();
    for (let count = 0; count < 20; count += 1) {
      const command = new OpenNotebook(randomUUID(), new Personal(randomUUID(), String(count)));
      await desk.runner.run(notebook, command, context(present(workspaces[count % 2])));
    }
    const reader = new LedgerFixture(database);
    const runs = jest.spyOn(reader.connections, 'run');
    const page = await reader.ledger.open(await reader.store.readAll({ after: before }));
    expect(page).toHaveLength(20);
    // Per workspace its own key and its persons' keys.
    expect(runs).toHaveBeenCalledTimes(4);
    await reader.close();
  });

  it('brings old versions up to date while reading, and writes the current one', async () => {
    const old = new LedgerFixture(database);
    const id = randomUUID();
    await old.runner.run(notebook, new OpenNotebook(id, new Personal('carol', 'C')), context(workspaceId));
    await old.runner.run(notebook, new NameNotebook(id, 'before'), context(workspaceId));
    await old.close();
    const now = new LedgerFixture(database);
    now.upcasters.register({ NotebookNamed: [(data) => ({ ...data, name: `${String(data.name)}, upcast` })] });
    const result = await now.runner.run(notebook, new NameNotebook(id, 'after'), context(workspaceId));
    const events = await now.ledger.read(streamName('notebook', workspaceId, id));
    expect(events.slice(1).map(({ data, metadata }) => [data, metadata.v])).toEqual([
      [{ name: 'before, upcast' }, '1'],
      [{ name: 'after' }, '2'],
    ]);
    expect(await now.ledger.verify(result.stream)).toBeUndefined();
    await now.close();
  });

  it('never stores a text that a decider only saw sealed', async () => {
    const stream = await opened('carol', 'x');
    const sealed = desk.codec.sealedView(await desk.store.read(stream));
    const { owner } = present(sealed[0]).data as { owner: Personal };
    expect(owner).toEqual(new Personal('carol', ERASED));
    const id = present(stream.split('_')[1]);
    await expect(desk.runner.run(notebook, new RetitleNotebook(id, owner), context(workspaceId))).rejects.toThrow(
      TypeError,
    );
  });
});
