import request, { type Response } from 'supertest';
import { hash } from '@node-rs/argon2';
import { nameId } from '@ledgerdesk/kernel';
import { startTestDesk, type TestDesk } from '@ledgerdesk/testing';
import { DeactivateMember, JoinWorkspace, memberDecider } from '@ledgerdesk/workspaces';
import { Accounts } from '../accounts.js';
import { demoIds } from '../demo/demo-people.js';

const PASSWORD = 'ledgerdesk-demo';
const ANY_TEXT = expect.any(String) as string;

let desk: TestDesk;

beforeAll(async () => {
  desk = await startTestDesk();
}, 120_000);

afterAll(async () => {
  await desk.close();
});

function signIn(body: object, cookie = ''): Promise<Response> {
  return request(desk.server).post('/api/v1/auth/login').set('Cookie', cookie).send(body);
}

async function clearLimits(): Promise<void> {
  await desk.readStore.global((sql) => sql.rows('delete from sign_in_limit'));
}

/** An account with a seat in each of the given demo workspaces. */
async function accountWith(email: string, slugs: readonly string[], passwordHash?: string): Promise<void> {
  const accounts = new Accounts(desk.readStore);
  const accountId = nameId('test', email);
  await accounts.register({ accountId, email, passwordHash: passwordHash ?? (await hash(PASSWORD)) });
  for (const slug of slugs) {
    const workspaceId = demoIds.workspace(slug);
    const memberId = nameId('test', email, slug);
    const commandId = nameId('test', 'join', email, slug);
    const context = { workspaceId, actor: 'system:test', commandId, correlationId: commandId } as const;
    await desk.runner.run(memberDecider, new JoinWorkspace(memberId, accountId, 'Somebody', 'agent'), context);
    await accounts.useSeat({ accountId, workspaceId, memberId });
  }
}

/** All that an outsider can tell two answers apart by, except for what is different in every answer. */
function seen({ status, headers, body }: Response): object {
  const { date: _, 'x-request-id': __, ...rest } = headers as Record<string, string>;
  const { requestId: ___, ...said } = body as Record<string, unknown>;
  return { status, headers: rest, said };
}

describe('signing in', () => {
  beforeEach(clearLimits);

  it('answers who is signed in and where', async () => {
    const { status, body, headers } = await signIn({ email: ' Agent@Demo.TEST ', password: PASSWORD });
    expect(status).toBe(200);
    expect(body).toEqual({
      accessToken: ANY_TEXT,
      expiresIn: 900,
      member: {
        id: demoIds.member('demo', 'agent@demo.test'),
        name: 'Maya Lindqvist',
        email: 'agent@demo.test',
        role: 'agent',
        roleName: null,
      },
      workspace: {
        id: demoIds.workspace('demo'),
        name: 'Northwind Support',
        slug: 'demo',
        timeZone: 'Europe/Berlin',
        undoSendSeconds: 10,
        language: 'en',
        suspension: null,
      },
    });
    expect(headers['cache-control']).toBe('private, no-store');
  });

  it('N3 hides its cookies from scripts, other sites and other routes', async () => {
    const { headers } = await signIn({ email: 'agent@demo.test', password: PASSWORD });
    const cookies = headers['set-cookie'] as unknown as string[];
    expect(cookies).toHaveLength(2);
    for (const cookie of cookies) expect(cookie).toMatch(/; Path=\/api\/v1\/auth;.*; HttpOnly; SameSite=Strict$/);
  });

  it('B5 answers a wrong password and an unknown address alike', async () => {
    const known = await signIn({ email: 'agent@demo.test', password: 'wrong' });
    const unknown = await signIn({ email: 'nobody@demo.test', password: 'wrong' });
    expect(known.status).toBe(401);
    expect(known.body).toMatchObject({ code: 'sign-in.refused' });
    expect(seen(unknown)).toEqual(seen(known));
  });

  it('B5 takes as long for an unknown address as for a wrong password', async () => {
    const durations = { 'agent@demo.test': [] as number[], 'nobody@demo.test': [] as number[] };
    for (let round = 0; round < 8; round += 1) {
      for (const email of ['agent@demo.test', 'nobody@demo.test'] as const) {
        const began = performance.now();
        await signIn({ email, password: 'wrong' });
        durations[email].push(performance.now() - began);
      }
      await clearLimits();
    }
    // The quickest of each is nearly free of noise. Without a hash the unknown address would take a tenth.
    const [known = 0, unknown = 0] = Object.values(durations).map((all) => Math.min(...all));
    expect(unknown).toBeGreaterThan(known * 0.4);
    expect(unknown).toBeLessThan(known * 2.5);
  });

  it('B3 F9 counts attempts at once: of thirty at the same time ten are looked at, and the right one comes too late', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => signIn({ email: 'samir@demo.test', password: 'wrong' })),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(20);
    const late = await signIn({ email: 'samir@demo.test', password: PASSWORD });
    expect(late.status).toBe(429);
    expect(late.body).toMatchObject({ code: 'sign-in.too-many-attempts' });
    expect(Number(late.headers['retry-after'])).toBeGreaterThan(800);
    expect(Number(late.headers['retry-after'])).toBeLessThanOrEqual(900);
  }, 60_000);

  it('B3 limits an unknown address like a known one', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => signIn({ email: 'ghost@demo.test', password: 'wrong' })),
    );
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
  }, 60_000);

  it('B3 locks nobody out for good: the window ends, and attempts during the lock do not prolong it', async () => {
    await Promise.all(Array.from({ length: 12 }, () => signIn({ email: 'aiko@demo.test', password: 'wrong' })));
    await desk.readStore.global((sql) =>
      sql.rows(`update sign_in_limit set started_at = started_at - interval '800 seconds'`),
    );
    const refused = await signIn({ email: 'aiko@demo.test', password: PASSWORD });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(100);
    await desk.readStore.global((sql) =>
      sql.rows(`update sign_in_limit set started_at = started_at - interval '100 seconds'`),
    );
    expect((await signIn({ email: 'aiko@demo.test', password: PASSWORD })).status).toBe(200);
  }, 60_000);

  it('B3 leaves the owner of the account their own attempts on a device that they have used before', async () => {
    const first = await signIn({ email: 'daniel@demo.test', password: PASSWORD });
    const device = (first.headers['set-cookie'] as unknown as string[]).find((cookie) =>
      cookie.startsWith('ld_device='),
    );
    await Promise.all(Array.from({ length: 11 }, () => signIn({ email: 'daniel@demo.test', password: 'wrong' })));
    expect((await signIn({ email: 'daniel@demo.test', password: PASSWORD })).status).toBe(429);
    const word = device?.split(';')[0] ?? '';
    expect((await signIn({ email: 'daniel@demo.test', password: PASSWORD }, word)).status).toBe(200);
    // The word of one account is worth nothing for another.
    await Promise.all(Array.from({ length: 11 }, () => signIn({ email: 'owner@demo.test', password: 'wrong' })));
    expect((await signIn({ email: 'owner@demo.test', password: PASSWORD }, word)).status).toBe(429);
  }, 60_000);

  it('gives a right password its attempt back', async () => {
    for (let round = 0; round < 12; round += 1) {
      expect((await signIn({ email: 'agent@demo.test', password: PASSWORD })).status).toBe(200);
    }
  }, 60_000);

  it.each([
    ['no password', { email: 'agent@demo.test' }],
    ['an empty password', { email: 'agent@demo.test', password: '' }],
    ['B2 a password of 90 kB', { email: 'agent@demo.test', password: 'x'.repeat(90_000) }],
    ['D2 an object where a text belongs', { email: { $ne: '' }, password: PASSWORD }],
    ['D4 a field that only answers have', { email: 'agent@demo.test', password: PASSWORD, role: 'owner' }],
  ])('answers 400 to %s, before anything is counted or hashed', async (_, body) => {
    const { status, body: problem } = await signIn(body);
    expect(status).toBe(400);
    expect(problem).toMatchObject({ code: 'request.invalid' });
    await expect(desk.readStore.global((sql) => sql.rows('select 1 from sign_in_limit'))).resolves.toEqual([]);
  });

  it('opens the seat that was used last, or the one that is asked for', async () => {
    await accountWith('both@demo.test', ['demo', 'globex']);
    const slugOf = async (workspace?: string): Promise<unknown> =>
      (
        (await signIn({ email: 'both@demo.test', password: PASSWORD, workspace })).body as {
          workspace?: { slug: string };
        }
      ).workspace?.slug;
    await expect(slugOf()).resolves.toBe('globex');
    await expect(slugOf('demo')).resolves.toBe('demo');
    await expect(slugOf()).resolves.toBe('demo');
    await expect(slugOf('elsewhere')).resolves.toBeUndefined();
  });

  it('refuses an account without a seat, and one whose seat was taken away, like a wrong password', async () => {
    const wrong = await signIn({ email: 'agent@demo.test', password: 'wrong' });
    await accountWith('seatless@demo.test', []);
    expect(seen(await signIn({ email: 'seatless@demo.test', password: PASSWORD }))).toEqual(seen(wrong));
    await accountWith('left@demo.test', ['demo']);
    expect((await signIn({ email: 'left@demo.test', password: PASSWORD })).status).toBe(200);
    const commandId = nameId('test', 'left');
    await desk.runner.run(memberDecider, new DeactivateMember(nameId('test', 'left@demo.test', 'demo')), {
      workspaceId: demoIds.workspace('demo'),
      actor: 'system:test',
      commandId,
      correlationId: commandId,
    });
    expect(seen(await signIn({ email: 'left@demo.test', password: PASSWORD }))).toEqual(seen(wrong));
  });

  it('B1 keeps argon2id hashes of the present cost, and strengthens older ones', async () => {
    const weak = await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    await accountWith('old@demo.test', ['demo'], weak);
    const accounts = new Accounts(desk.readStore);
    expect((await signIn({ email: 'old@demo.test', password: 'wrong' })).status).toBe(401);
    expect((await accounts.byEmail('old@demo.test'))?.passwordHash).toBe(weak);
    expect((await signIn({ email: 'old@demo.test', password: PASSWORD })).status).toBe(200);
    const stored = (await accounts.byEmail('old@demo.test'))?.passwordHash;
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
    expect((await signIn({ email: 'old@demo.test', password: PASSWORD })).status).toBe(200);
    expect((await accounts.byEmail('old@demo.test'))?.passwordHash).toBe(stored);
  });

  it('D14 writes neither passwords, tokens nor addresses of people into the log', async () => {
    const { body } = await signIn({ email: 'agent@demo.test', password: PASSWORD });
    await signIn({ email: 'agent@demo.test', password: 'canary-password' });
    const log = desk.logged.join('');
    for (const secret of [
      'canary-password',
      PASSWORD,
      'agent@demo.test',
      (body as { accessToken: string }).accessToken,
    ]) {
      expect(log).not.toContain(secret);
    }
  });

  it('offers the demo logins that exist', async () => {
    const { body } = await request(desk.server).get('/api/v1/auth/options');
    const { demoLogins } = body as { demoLogins: { email: string }[] };
    expect(demoLogins.map(({ email }) => email)).toEqual([
      'owner@demo.test',
      'admin@demo.test',
      'supervisor@demo.test',
      'agent@demo.test',
      'light@demo.test',
      'auditor@demo.test',
      'owner@globex.test',
    ]);
  });
});
