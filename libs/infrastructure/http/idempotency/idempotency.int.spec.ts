import { hash } from 'node:crypto';
import { Client } from 'pg';
import request from 'supertest';
import { createTestDatabase, eventually, type TestDatabase } from '@ledgerdesk/testing';
import { httpMigrations } from '../index.js';
import { Idempotency } from './idempotency.js';
import { OTHER_WORKSPACE, type Probe, probe, WORKSPACE } from '../probe.fixture.js';

describe('Idempotency-Key', () => {
  let database: TestDatabase;
  let desk: Probe;
  let admin: Client;

  beforeAll(async () => {
    database = await createTestDatabase({ migrations: httpMigrations, projections: [] });
    desk = await probe(database);
    admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
  }, 60_000);

  afterAll(async () => {
    await desk.app.close();
    await admin.end();
    await database.drop();
  });

  beforeEach(async () => {
    // What an earlier test has left open must not be taken for what this one waits for.
    await stored();
    await admin.query('delete from idempotency where reply is null');
    desk.doings.created.length = 0;
    desk.doings.fail = undefined;
    desk.doings.gate = Promise.resolve();
  });

  const post = (key: string, body: object = { name: 'One' }, credential = `${WORKSPACE}/m1`): request.Test =>
    request(desk.app.getHttpServer())
      .post('/api/v1/things')
      .set('Authorization', `Bearer ${credential}`)
      .set('Idempotency-Key', key)
      .send(body);

  /** Answers are stored after they were sent. */
  const stored = async (): Promise<void> => {
    await eventually(async () => {
      const { rows } = await admin.query<{ open: string }>(
        `select count(*) as open from idempotency where reply is null and leased_until > now()`,
      );
      expect(rows[0]?.open).toBe('0');
    });
  };

  it('K1 the same key and body 50 times at once has one effect', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => post('k1')));
    expect(desk.doings.created).toHaveLength(1);
    for (const { status, headers } of answers) {
      expect([201, 409]).toContain(status);
      if (status === 409) expect(headers['retry-after']).toBe('1');
    }
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
  });

  it('K1 two processes at once have one effect', async () => {
    const second = await probe(database);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    desk.doings.gate = promise;
    const first = post('k1-two').then((answer) => answer);
    await eventually(isOpen);
    const other = await request(second.app.getHttpServer())
      .post('/api/v1/things')
      .set('Authorization', `Bearer ${WORKSPACE}/m1`)
      .set('Idempotency-Key', 'k1-two')
      .send({ name: 'One' });
    resolve(undefined);
    expect((await first).status).toBe(201);
    expect(other.status).toBe(409);
    expect(other.body).toMatchObject({ code: 'request.in-progress' });
    expect(second.doings.created).toHaveLength(0);
    await second.app.close();
  });

  /** A request is under way, which means that its key is taken. */
  const isOpen = async (): Promise<void> => {
    const { rows } = await admin.query(`select 1 from idempotency where reply is null`);
    expect(rows).not.toHaveLength(0);
  };

  it('answers a repeated request with the first status, headers and body', async () => {
    const first = await post('again');
    const again = await post('again');
    expect(again.status).toBe(201);
    expect(again.text).toBe(first.text);
    for (const name of ['etag', 'location', 'ledger-position', 'content-type']) {
      expect(again.headers[name]).toBe(first.headers[name]);
    }
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(desk.doings.created).toHaveLength(1);
  });

  it('answers the same from another process', async () => {
    const first = await post('elsewhere');
    await stored();
    const second = await probe(database);
    const again = await request(second.app.getHttpServer())
      .post('/api/v1/things')
      .set('Authorization', `Bearer ${WORKSPACE}/m1`)
      .set('Idempotency-Key', 'elsewhere')
      .send({ name: 'One' });
    await second.app.close();
    expect(again.text).toBe(first.text);
    expect(again.headers['idempotent-replayed']).toBe('true');
  });

  it('K2 the same key with another body or address is refused', async () => {
    await post('k2');
    const other = await post('k2', { name: 'Two' });
    expect(other.status).toBe(422);
    expect(other.body).toMatchObject({ code: 'request.key-reused' });
    await stored();
    expect((await post('k2', { name: 'Three' })).status).toBe(422);
    expect(desk.doings.created).toHaveLength(1);
  });

  it('K2 A16 another member or workspace has keys of its own', async () => {
    const mine = await post('k2-mine');
    const colleague = await post('k2-mine', { name: 'One' }, `${WORKSPACE}/m2`);
    const stranger = await post('k2-mine', { name: 'One' }, `${OTHER_WORKSPACE}/m1`);
    expect(new Set([mine, colleague, stranger].map(({ body }) => (body as { id: string }).id)).size).toBe(3);
    expect(mine.headers['ledger-position']).not.toBe(stranger.headers['ledger-position']);
    expect(mine.headers['cache-control']).toBe('private, no-store');
  });

  it('K2 after 24 h the key is new', async () => {
    const first = await post('k2-old');
    await stored();
    await admin.query(`update idempotency set expires_at = now() - interval '1 s'`);
    const later = await post('k2-old', { name: 'Two' });
    expect(later.status).toBe(201);
    expect((later.body as { id: string }).id).not.toBe((first.body as { id: string }).id);
  });

  it('expired rows go away with the requests of others', async () => {
    await post('gone');
    await stored();
    await admin.query(`update idempotency set expires_at = now() - interval '1 s'`);
    // This process has swept a moment ago; another one begins with it.
    const second = await probe(database);
    await request(second.app.getHttpServer())
      .post('/api/v1/things')
      .set('Authorization', `Bearer ${WORKSPACE}/m1`)
      .set('Idempotency-Key', 'next')
      .send({ name: 'One' });
    await second.app.close();
    const { rows } = await admin.query(`select 1 from idempotency where expires_at < now() and workspace_id = $1`, [
      WORKSPACE,
    ]);
    expect(rows).toHaveLength(0);
  });

  it('K3 a crash between the append and the answer leaves a row that the retry takes over with the same ids', async () => {
    // The first process gets as far as its append and is never heard of again; its leases are not renewed any more.
    const crashing = await probe(database);
    crashing.doings.gate = new Promise(() => undefined);
    const lost = request(crashing.app.getHttpServer())
      .post('/api/v1/things')
      .set('Authorization', `Bearer ${WORKSPACE}/m1`)
      .set('Idempotency-Key', 'k3')
      .send({ name: 'One' });
    lost.then(
      () => undefined,
      () => undefined,
    );
    await eventually(isOpen);
    const { rows } = await admin.query<{ id: string; command: string }>(
      `select new_id as id, command_id as command from idempotency where reply is null`,
    );

    await crashing.app.get(Idempotency).onApplicationShutdown();

    expect((await post('k3')).status).toBe(409);
    expect((await post('k3', { name: 'Two' })).status).toBe(422);
    await admin.query(`update idempotency set leased_until = now() - interval '1 s' where reply is null`);
    expect((await post('k3', { name: 'Two' })).status).toBe(422);

    const retried = await post('k3');
    expect(retried.status).toBe(201);
    expect((retried.body as { id: string }).id).toBe(rows[0]?.id);
    // The command id is what the ledger recognises the first append by.
    expect(desk.doings.created.map(({ context }) => context.commandId)).toEqual([rows[0]?.command]);
    lost.abort();
    crashing.app.getHttpServer().closeAllConnections();
    await crashing.app.close();
  });

  it('K3 a request that takes its time is not taken over while its process lives', async () => {
    const slow = await probe(database);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    slow.doings.gate = promise;
    const first = request(slow.app.getHttpServer())
      .post('/api/v1/things')
      .set('Authorization', `Bearer ${WORKSPACE}/m1`)
      .set('Idempotency-Key', 'k3-slow')
      .send({ name: 'One' })
      .then((answer) => answer);
    await eventually(isOpen);
    await admin.query(`update idempotency set leased_until = now() - interval '1 s' where reply is null`);
    await eventually(async () => {
      const { rows } = await admin.query(`select 1 from idempotency where reply is null and leased_until > now()`);
      expect(rows).not.toHaveLength(0);
    });
    expect((await post('k3-slow')).status).toBe(409);
    resolve(undefined);
    expect((await first).status).toBe(201);
    await slow.app.close();
  });

  it('remembers a refusal, but neither an unreadable request nor a failure of ours', async () => {
    expect((await post('unreadable', { nam: 'One' })).status).toBe(400);
    expect((await post('unreadable')).status).toBe(201);

    desk.doings.fail = new Error('disk on fire');
    const failed = await post('broken');
    expect(failed.status).toBe(500);
    expect(failed.text).not.toContain('fire');
    desk.doings.fail = undefined;
    const before = desk.doings.created.at(-1);
    const repaired = await post('broken');
    expect(repaired.status).toBe(201);
    expect((repaired.body as { id: string }).id).toBe(before?.id);
  });

  it('D14 keeps nothing that a body could be guessed by', async () => {
    const body = { name: 'a passphrase' };
    await post('guessed', body);
    await stored();
    const plain = hash('sha256', `/api/v1/things\n${JSON.stringify(body)}`, 'hex');
    const { rows } = await admin.query<{ digest: string }>(`select encode(digest, 'hex') as digest from idempotency`);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ digest }) => digest)).not.toContain(plain);
  });

  it('keeps nothing readable in its table', async () => {
    await post('secret-key', { name: 'canary-7f3a' });
    await stored();
    const { rows } = await admin.query<{ row: string }>(`select row_to_json(i)::text as row from idempotency i`);
    const dump = rows.map(({ row }) => row).join('\n');
    for (const word of ['canary-7f3a', 'secret-key']) {
      expect(dump).not.toContain(word);
      expect(dump).not.toContain(Buffer.from(word).toString('hex'));
    }
  });

  it.each(['', 'a b', 'ä', 'x'.repeat(256)])('refuses the malformed key %j', async (key) => {
    const answer = await request(desk.app.getHttpServer())
      .post('/api/v1/things')
      .set('Idempotency-Key', encodeURI(key) === key || key.includes(' ') ? key : Buffer.from(key).toString('latin1'))
      .send({ name: 'One' });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '@Idempotency-Key' }] });
  });
});
