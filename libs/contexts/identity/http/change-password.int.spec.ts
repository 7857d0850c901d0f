import { setTimeout as delay } from 'node:timers/promises';
import request, { type Response } from 'supertest';
import { nameId, newId } from '@ledgerdesk/kernel';
import { countEvents, present, startTestDesk, type TestDesk } from '@ledgerdesk/testing';
import { JoinWorkspace, memberDecider } from '@ledgerdesk/workspaces';
import { Accounts } from '../accounts.js';
import { demoIds } from '../demo/demo-people.js';
import { Passwords } from '../passwords/passwords.js';

const FIRST = 'the very first one';
const SECOND = 'three quiet boats at noon';

interface Signed {
  readonly email: string;
  readonly token: string;
  readonly cookie: string;
}

let desk: TestDesk;
let hashOfFirst: string;

beforeAll(async () => {
  desk = await startTestDesk();
  hashOfFirst = await desk.app.get(Passwords).hash(FIRST);
}, 120_000);

afterAll(async () => {
  await desk.close();
});

/** Somebody new, with a seat in the demo workspace. */
async function somebody(): Promise<string> {
  const email = `${newId()}@example.com`;
  const accounts = new Accounts(desk.readStore);
  const [accountId, memberId, commandId] = [nameId('test', email), nameId('test', 'seat', email), newId()];
  const workspaceId = demoIds.workspace('demo');
  await accounts.register({ accountId, email, passwordHash: hashOfFirst });
  await desk.runner.run(memberDecider, new JoinWorkspace(memberId, accountId, 'Somebody', 'agent'), {
    workspaceId,
    actor: 'system:test',
    commandId,
    correlationId: commandId,
  });
  await accounts.useSeat({ accountId, workspaceId, memberId });
  return email;
}

function tryToSignIn(email: string, password: string): Promise<Response> {
  return request(desk.server).post('/api/v1/auth/login').send({ email, password });
}

async function signIn(email: string, password = FIRST): Promise<Signed> {
  const { status, body, headers } = await tryToSignIn(email, password);
  expect(status).toBe(200);
  const cookies = headers['set-cookie'] as unknown as string[];
  const cookie = cookies.find((text) => text.startsWith('ld_refresh='))?.split(';')[0] ?? '';
  return { email, token: (body as { accessToken: string }).accessToken, cookie };
}

function change({ token }: Signed, body: object, headers: Record<string, string> = {}): Promise<Response> {
  return request(desk.server)
    .post('/api/v1/me/password')
    .set({ Authorization: `Bearer ${token}`, ...headers })
    .send(body);
}

function refresh({ cookie }: Signed): Promise<Response> {
  return request(desk.server).post('/api/v1/auth/refresh').set('Cookie', cookie);
}

const codeOf = ({ status, body }: Response): [number, unknown] => [status, (body as { code?: string }).code];

async function generationOf(email: string): Promise<number | undefined> {
  return (await new Accounts(desk.readStore).byEmail(email))?.passwordGeneration;
}

function attemptsCounted(): Promise<readonly object[]> {
  return desk.readStore.global((sql) => sql.rows('select bucket, attempts from sign_in_limit order by bucket'));
}

describe('changing the password', () => {
  it('B9 opens the door with the new one only, and ends all sessions but the one that asks', async () => {
    const email = await somebody();
    const [here, elsewhere] = [await signIn(email), await signIn(email)];
    const answer = await change(here, { current: FIRST, new: SECOND });
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(codeOf(await refresh(elsewhere))).toEqual([401, 'session.ended']);
    expect((await refresh(here)).status).toBe(200);
    expect(codeOf(await tryToSignIn(email, FIRST))).toEqual([401, 'sign-in.refused']);
    expect((await tryToSignIn(email, SECOND)).status).toBe(200);
    expect((await new Accounts(desk.readStore).byEmail(email))?.passwordHash).toMatch(
      /^\$argon2id\$v=19\$m=65536,t=3,p=1\$/,
    );
  });

  it('K1 is done once, however often the same session asks for it', async () => {
    const email = await somebody();
    const here = await signIn(email);
    const answers = await Promise.all(Array.from({ length: 5 }, () => change(here, { current: FIRST, new: SECOND })));
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
    expect((await change(here, { current: FIRST, new: SECOND })).status).toBe(204);
    await expect(generationOf(email)).resolves.toBe(1);
    expect((await tryToSignIn(email, SECOND)).status).toBe(200);
  });

  it('is no repetition when another session asks, or for another password', async () => {
    const email = await somebody();
    const here = await signIn(email);
    expect((await change(here, { current: FIRST, new: SECOND })).status).toBe(204);
    const elsewhere = await signIn(email, SECOND);
    for (const [who, body] of [
      [elsewhere, { current: FIRST, new: SECOND }],
      [here, { current: FIRST, new: 'four loud boats at night' }],
    ] as const) {
      expect(codeOf(await change(who, body))).toEqual([422, 'password.refused']);
    }
    await expect(generationOf(email)).resolves.toBe(1);
  });

  it('K1 lets one of two sessions win that change it at the same moment', async () => {
    const email = await somebody();
    const both = [await signIn(email), await signIn(email)];
    const wishes = [SECOND, 'four loud boats at night'];
    const answers = await Promise.all(both.map((one, n) => change(one, { current: FIRST, new: wishes[n] })));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    const winner = answers.findIndex(({ status }) => status === 204);
    expect((await tryToSignIn(email, wishes[winner] ?? '')).status).toBe(200);
    expect((await tryToSignIn(email, wishes[1 - winner] ?? '')).status).toBe(401);
    await expect(generationOf(email)).resolves.toBe(1);
  });

  it('B9 lets nobody in who showed the old one while it was being changed', async () => {
    const email = await somebody();
    const passwordHash = await desk.app.get(Passwords).hash(SECOND);
    let entering: Promise<Response> | undefined;
    await desk.readStore.global((connection) =>
      connection.transaction(async (sql) => {
        await sql.rows('update account set password_hash = $2, password_generation = 1 where email = $1', [
          email,
          passwordHash,
        ]);
        entering = tryToSignIn(email, FIRST).then((answer) => answer);
        await waitsForAccount();
      }),
    );
    expect(codeOf(await present(entering))).toEqual([401, 'sign-in.refused']);
  });

  it('B3 F9 is tried ten times by a session, right or wrong, and then waits; the front door stays open', async () => {
    const email = await somebody();
    const [here, elsewhere] = [await signIn(email), await signIn(email)];
    const answers = await Promise.all(
      Array.from({ length: 14 }, () => change(here, { current: 'not the first one', new: SECOND })),
    );
    expect(answers.filter((answer) => codeOf(answer)[1] === 'password.refused')).toHaveLength(10);
    expect(answers.filter((answer) => codeOf(answer)[1] === 'password.too-many-attempts')).toHaveLength(4);
    const late = await change(here, { current: FIRST, new: SECOND });
    expect(codeOf(late)).toEqual([429, 'password.too-many-attempts']);
    expect(Number(late.headers['retry-after'])).toBeGreaterThan(800);
    expect((await tryToSignIn(email, FIRST)).status).toBe(200);
    expect((await change(elsewhere, { current: FIRST, new: SECOND })).status).toBe(204);
  }, 60_000);

  it('B3 is not held up by strangers who guess at the front door', async () => {
    const email = await somebody();
    const here = await signIn(email);
    await Promise.all(Array.from({ length: 12 }, () => tryToSignIn(email, 'not the first one')));
    expect((await tryToSignIn(email, FIRST)).status).toBe(429);
    expect((await change(here, { current: FIRST, new: SECOND })).status).toBe(204);
  }, 60_000);

  it.each([
    ['password.too-short', 'eleven char'],
    ['password.too-common', 'Password1234'],
    ['password.about-you', 'Ledgerdesk-2026'],
    ['password.unchanged', FIRST],
  ])('F9 refuses with %s before anything is counted or hashed', async (code, replacement) => {
    const here = await signIn(await somebody());
    const before = await attemptsCounted();
    expect(codeOf(await change(here, { current: FIRST, new: replacement }))).toEqual([422, code]);
    await expect(attemptsCounted()).resolves.toEqual(before);
  });

  it('refuses the own address', async () => {
    const email = await somebody();
    const here = await signIn(email);
    expect(codeOf(await change(here, { current: FIRST, new: `${email.toUpperCase()}1` }))).toEqual([
      422,
      'password.about-you',
    ]);
  });

  it.each([
    ['no new password', { current: FIRST }],
    ['B2 a new password of 90 kB', { current: FIRST, new: 'x'.repeat(90_000) }],
    ['B2 a present password of 90 kB', { current: 'x'.repeat(90_000), new: SECOND }],
    ['D2 an object where a text belongs', { current: { $ne: '' }, new: SECOND }],
    ['D4 a field that is not there', { current: FIRST, new: SECOND, accountId: newId() }],
    ['D8 a broken text', { current: FIRST, new: `${SECOND}\u0000` }],
  ])('answers 400 to %s, before anything is counted or hashed', async (_, body) => {
    const here = await signIn(await somebody());
    const before = await attemptsCounted();
    expect((await change(here, body)).status).toBe(400);
    await expect(attemptsCounted()).resolves.toEqual(before);
  });

  it('takes the same word from every keyboard', async () => {
    const email = await somebody();
    const here = await signIn(email);
    const word = 'Kürbis Fähre Vorhang';
    expect((await change(here, { current: FIRST, new: word.normalize('NFD') })).status).toBe(204);
    for (const form of ['NFC', 'NFD'] as const)
      expect((await tryToSignIn(email, word.normalize(form))).status).toBe(200);
  });

  it('D14 leaves nothing of a password in ledger, tables, remembered answers or log', async () => {
    const email = await somebody();
    const here = await signIn(email);
    const [before, remembered] = [await countEvents(desk.store), await rememberedRequests()];
    const canaries = ['canary of the wrong one', 'canary of the new one', FIRST];
    const key = { 'Idempotency-Key': newId() };
    await change(here, { current: canaries[0], new: canaries[1] }, key);
    expect((await change(here, { current: FIRST, new: canaries[1] }, key)).status).toBe(204);
    await expect(countEvents(desk.store)).resolves.toBe(before);
    // Not even the row that others have: its digest of the body can be guessed at a million times a second.
    await expect(rememberedRequests()).resolves.toBe(remembered);
    const tables = ['account', 'session', 'sign_in_limit', 'account_seat', 'idempotency'];
    const dump = (await Promise.all(tables.map(rowsOf))).flat().join('\n');
    expect(dump.length).toBeGreaterThan(1_000);
    for (const text of [dump, desk.logged.join('')]) {
      for (const canary of canaries) {
        for (const spelling of [canary, Buffer.from(canary).toString('hex'), Buffer.from(canary).toString('base64')])
          expect(text).not.toContain(spelling);
      }
    }
    expect(desk.logged.filter((line) => line.includes('password changed')).at(-1)).toContain('"ended":0');
  });

  it('gives a demo login its password back where the demo is shown', async () => {
    const here = await signIn('aiko@demo.test', 'ledgerdesk-demo');
    expect((await change(here, { current: 'ledgerdesk-demo', new: SECOND })).status).toBe(204);
    expect((await change(here, { current: SECOND, new: 'ledgerdesk-demo' })).status).toBe(204);
    expect((await tryToSignIn('aiko@demo.test', 'ledgerdesk-demo')).status).toBe(200);
  });
});

/** Waits until a statement stands before the account that the caller has locked. */
async function waitsForAccount(): Promise<void> {
  for (;;) {
    const rows = await desk.readStore.global((sql) =>
      sql.rows(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%for share%'`),
    );
    if (rows.length > 0) return;
    await delay(20);
  }
}

async function rowsOf(table: string): Promise<readonly string[]> {
  const rows = await desk.readStore.run(demoIds.workspace('demo'), (sql) =>
    sql.rows<{ row: string }>(`select t::text as row from ${table} t`),
  );
  return rows.map(({ row }) => row);
}

async function rememberedRequests(): Promise<number> {
  return (await rowsOf('idempotency')).length;
}
