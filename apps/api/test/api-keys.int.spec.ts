import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { io } from 'socket.io-client';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { newId, type Scope, SCOPES } from '@ledgerdesk/kernel';
import { Log } from '@ledgerdesk/logging';
import { ReadStore } from '@ledgerdesk/read-store';
import { accessTable, caller, type Caller, eventually, startTestDesk, type TestDesk } from '@ledgerdesk/testing';
import { ChangeMemberRole, DeactivateMember, memberDecider, ReactivateMember } from '@ledgerdesk/workspaces';
import { createApplication } from '../src/application.js';

interface NewKey {
  readonly id: string;
  readonly key: string;
}
interface Answered {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly text: string;
}
interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
}

let desk: TestDesk;
let secondNode: NestExpressApplication;
let secondUrl: string;
let owner: Caller;
let admin: Caller;

beforeAll(async () => {
  desk = await startTestDesk();
  const log = new Log({ level: 'silent', process: 'api' });
  secondNode = await createApplication(desk.app.get<Configuration>(CONFIGURATION), log);
  await secondNode.listen(0, '127.0.0.1');
  secondUrl = `http://127.0.0.1:${String((secondNode.getHttpServer().address() as AddressInfo).port)}`;
  owner = await caller(desk, 'owner@demo.test');
  admin = await caller(desk, 'admin@demo.test');
}, 120_000);

afterAll(async () => {
  await secondNode.close();
  await desk.close();
});

async function make(wish: object = {}, member = owner): Promise<NewKey> {
  const { body } = await member.post('/api-keys', { name: 'Shop', scopes: [...SCOPES], ...wish }).expect(201);
  return body as NewKey;
}

async function ask(key: string, path: string, request: RequestInit = {}, node = desk.url): Promise<Answered> {
  const headers = new Headers(request.headers);
  headers.set('Authorization', `Bearer ${key}`);
  headers.set('Content-Type', 'application/json');
  const answer = await fetch(`${node}/api/v1${path}`, { ...request, headers });
  const text = await answer.text();
  return { status: answer.status, text, body: (text.startsWith('{') ? JSON.parse(text) : {}) as Answered['body'] };
}

const post = (key: string, path: string, body: object, headers = {}): Promise<Answered> =>
  ask(key, path, { method: 'POST', body: JSON.stringify(body), headers });
const status = async (key: string, path = '/tickets', node?: string): Promise<number> =>
  (await ask(key, path, {}, node)).status;
const ticket = (subject: string) => ({
  subject,
  body: 'It burns.',
  requester: { email: `${newId()}@example.com`, name: 'Ada' },
});

describe('an API key', () => {
  it('is shown once, and stands nowhere afterwards', async () => {
    const { id, key } = await make({ name: 'Shown once', networks: ['127.0.0.0/8', '::1'] });
    expect(key).toMatch(/^ldk_live_[0-9A-Za-z]{92}$/);
    expect(await status(key)).toBe(200);
    await desk.caughtUp();
    const { body, text } = await owner.get('/api-keys').expect(200);
    expect((body as { data: object[] }).data.find((each) => (each as NewKey).id === id)).toMatchObject({
      name: 'Shown once',
      ending: key.slice(-4),
      memberId: owner.memberId,
      networks: ['127.0.0.0/8', '::1'],
      state: 'active',
      expiresAt: null,
    });
    const { text: ledger } = await owner.get('/ledger?texts=true').expect(200);
    const secret = key.slice(40, -6);
    for (const told of [text, ledger, desk.logged.join('\n')]) expect(told).not.toContain(secret);
    const kept = await desk.store.readAll({ after: '', prefix: 'apikey-' });
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.filter(({ data }) => data.includes(secret))).toEqual([]);
  });

  it('is the actor of what it does, and its member the one who is meant', async () => {
    const { id, key } = await make({ name: 'Actor' });
    const opened = await post(key, '/tickets', ticket('Opened by a key'));
    expect(opened.status).toBe(201);
    await desk.caughtUp();
    const { body } = await owner.get(`/tickets/${String(opened.body.id)}/ledger`).expect(200);
    const { data } = body as { data: readonly { actor: string }[] };
    expect(new Set(data.map(({ actor }) => actor))).toEqual(new Set([`key:${id}`]));
  });

  it('says when it was used last, and writes that hardly ever', async () => {
    const { id, key } = await make({ name: 'Used' });
    const uses = () =>
      desk.app
        .get(ReadStore)
        .run(owner.workspaceId, (sql) =>
          sql.rows<{ at: Date }>('select last_used_at as at from api_key_use where key_id = $1', [id]),
        );
    expect(await uses()).toEqual([]);
    await status(key);
    const [first] = await eventually(async () => {
      const rows = await uses();
      expect(rows).toHaveLength(1);
      return rows;
    });
    await Promise.all(Array.from({ length: 5 }, () => status(key, '/tickets', secondUrl)));
    expect(await uses()).toEqual([first]);
  });

  it('has Idempotency-Keys of its own', async () => {
    const { key } = await make({ name: 'Idempotent' });
    const once = { 'Idempotency-Key': newId() };
    const mine = await post(key, '/tickets', ticket('Mine'), once);
    const again = await owner.post('/tickets', ticket('Theirs'), once).expect(201);
    expect((again.body as { id: string }).id).not.toBe(mine.body.id);
  });

  it.each<[string, object, string]>([
    ['no scope', { scopes: [] }, 'request.invalid'],
    ['a scope that does not exist', { scopes: ['everything'] }, 'request.invalid'],
    ['a network that is none', { networks: ['10.0.0.0/64'] }, 'request.invalid'],
    ['a name without text', { name: '\u200b' }, 'api-key.name-empty'],
    ['an end in the past', { expiresAt: '2020-01-01T00:00:00.000Z' }, 'api-key.expiry-past'],
  ])('is not made with %s', async (_, wish, code) => {
    const answer = await owner.post('/api-keys', { name: 'Shop', scopes: ['tickets:read'], ...wish });
    expect((answer.body as { code: string }).code).toBe(code);
  });
});

describe('C6 what a key may do', () => {
  let operations: readonly Operation[];
  const platform = accessTable('For those who run the installation');
  const scopeOf = new Map([...accessTable('With an API key')].map(([name, { scope }]) => [name, scope as Scope]));

  beforeAll(async () => {
    const answer = await fetch(`${desk.url}/api/openapi.json`);
    const { paths } = (await answer.json()) as { paths: Record<string, Record<string, { operationId: string }>> };
    const open = new Set(accessTable('Open to everybody').keys());
    operations = Object.entries(paths)
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, { operationId }]) => ({
          name: operationId,
          method,
          path: path.slice(7),
        })),
      )
      .filter(({ name }) => !open.has(name));
  });

  /** Nothing but a token of its own opens the door of those who run the installation. */
  const closed = (name: string): string => (platform.has(name) ? 'auth.required' : '403 closed');

  /** Asks with ids that exist nowhere and without a body, so that whoever is let in changes nothing. */
  async function outcome(key: string, { name, method, path }: Operation): Promise<[string, string]> {
    const address = path.replaceAll(/\{\w+\}/g, () => randomUUID());
    const { status: answered, body } = await ask(key, address, { method: method.toUpperCase() });
    if (body.code === 'api-key.scope-missing') return [name, `${String(answered)} closed`];
    return [name, answered === 401 || answered === 403 ? String(body.code) : 'open'];
  }

  it('C6 is what its scopes say, for every operation of the API', async () => {
    for (const scope of SCOPES) {
      const { key } = await make({ scopes: [scope] });
      for (const operation of operations) {
        const expected = scopeOf.get(operation.name) === scope ? 'open' : closed(operation.name);
        expect([scope, ...(await outcome(key, operation))]).toEqual([scope, operation.name, expected]);
      }
    }
  }, 120_000);

  it('C6 is closed where no scope is named, to a key with all of them, and so nothing makes a wider key', async () => {
    const { id, key } = await make();
    for (const operation of operations.filter(({ name }) => !scopeOf.has(name))) {
      await expect(outcome(key, operation)).resolves.toEqual([operation.name, closed(operation.name)]);
    }
    const wider = await post(key, '/api-keys', { name: 'Wider', scopes: [...SCOPES] });
    const rolled = await post(key, `/api-keys/${id}/roll`, { overlapHours: 24 });
    expect([wider.status, rolled.status]).toEqual([403, 403]);
  });

  it('C6 is never more than its member may do now, and nothing once they are gone', async () => {
    const { key } = await make({}, admin);
    const team = () => post(key, '/teams', { name: `Team ${newId()}` });
    const issued = () => ({
      ...{ workspaceId: owner.workspaceId, actor: `member:${owner.memberId}` as const },
      ...{ commandId: newId(), correlationId: newId() },
    });
    expect((await team()).status).toBe(201);
    await desk.runner.run(memberDecider, new ChangeMemberRole(admin.memberId, 'agent'), issued());
    await eventually(async () => {
      expect((await team()).body.code).toBe('auth.forbidden');
    });
    expect(await status(key)).toBe(200);
    await desk.runner.run(memberDecider, new DeactivateMember(admin.memberId), issued());
    await eventually(async () => {
      expect(await status(key)).toBe(401);
    });
    await desk.runner.run(memberDecider, new ReactivateMember(admin.memberId), issued());
    await desk.runner.run(memberDecider, new ChangeMemberRole(admin.memberId, 'admin'), issued());
  });

  it('C6 does not reach the socket', async () => {
    const { key } = await make();
    const socket = io(`${desk.url}/desk`, { auth: { token: key }, transports: ['websocket'], reconnection: false });
    const answer = await new Promise((resolve) => {
      socket.once('connect', () => {
        resolve('connected');
      });
      socket.once('connect_error', () => {
        resolve('refused');
      });
    });
    socket.disconnect();
    expect(answer).toBe('refused');
  });
});

describe('A15 a key that is not good', () => {
  it('A15 is answered in one way, whatever is wrong with it', async () => {
    const { key } = await make();
    const revoked = await make();
    await owner.post(`/api-keys/${revoked.id}/revoke`).expect(200);
    const rolled = await make();
    await owner.post(`/api-keys/${rolled.id}/roll`, { overlapHours: 0 }).expect(200);
    const elsewhere = await make({ networks: ['192.0.2.0/24'] });
    const wrong = [
      `${key.slice(0, -1)}${key.endsWith('a') ? 'b' : 'a'}`,
      `ldk_live_${'0'.repeat(92)}`,
      'ldk_live_',
      key.replace('ldk_live_', 'ldk_test_'),
      revoked.key,
      rolled.key,
      elsewhere.key,
    ];
    const answers = await Promise.all(
      ['no key at all', ...wrong].map(async (each) => {
        const { status: answered, body } = await ask(each, '/tickets');
        const { requestId: _, ...rest } = body;
        return JSON.stringify([answered, rest]);
      }),
    );
    expect([...new Set(answers)]).toEqual([expect.stringContaining('auth.required')]);
    expect(await status(key)).toBe(200);
  });

  it('B9 is refused on every node within five seconds after it was revoked', async () => {
    const { id, key } = await make();
    const nodes = [desk.url, secondUrl];
    for (const node of nodes) expect(await status(key, '/tickets', node)).toBe(200);
    await owner.post(`/api-keys/${id}/revoke`).expect(200);
    for (const node of nodes) {
      await eventually(async () => {
        expect(await status(key, '/tickets', node)).toBe(401);
      });
    }
    await desk.caughtUp();
    const { body } = await owner.get('/api-keys').expect(200);
    expect((body as { data: object[] }).data).toContainEqual(expect.objectContaining({ id, state: 'revoked' }));
  });
});

describe('rolling a key', () => {
  it('leaves the old one good for as long as was chosen', async () => {
    const { id, key } = await make();
    const { body } = await owner.post(`/api-keys/${id}/roll`, { overlapHours: 24 }).expect(200);
    const next = (body as NewKey).key;
    expect(next).not.toBe(key);
    expect(await Promise.all([key, next].map((each) => status(each)))).toEqual([200, 200]);
    await owner.post(`/api-keys/${id}/roll`, { overlapHours: 25 }).expect(400);
  });

  it('C6 is for the member who made it; others revoke it', async () => {
    const { id } = await make();
    const answer = await admin.post(`/api-keys/${id}/roll`, { overlapHours: 0 }).expect(403);
    expect((answer.body as { code: string }).code).toBe('api-key.not-yours');
    await admin.post(`/api-keys/${id}/revoke`).expect(200);
    await admin.post(`/api-keys/${id}/revoke`).expect(200);
  });
});
