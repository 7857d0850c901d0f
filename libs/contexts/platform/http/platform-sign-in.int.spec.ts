import { io } from 'socket.io-client';
import { HashingQueue, Passwords } from '@ledgerdesk/identity';
import { PLATFORM_WORKSPACE } from '@ledgerdesk/kernel';
import { eventually, startTestDesk, type TestDesk } from '@ledgerdesk/testing';
import { addPlatformAdmin, AdminTable, removePlatformAdmin } from '../index.js';

const EMAIL = 'olena@platform.test';
const PASSWORD = 'four quiet boats at noon';

let desk: TestDesk;
const passwords = new Passwords(new HashingQueue());

beforeAll(async () => {
  desk = await startTestDesk();
  await add(EMAIL);
}, 120_000);

afterAll(async () => {
  await desk.close();
});

function add(email: string): Promise<boolean> {
  const tools = { runner: desk.runner, admins: new AdminTable(desk.readStore), passwords };
  return addPlatformAdmin(tools, { email, name: 'Olena Marchuk', password: () => Promise.resolve(PASSWORD) });
}

interface Told {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly cookie: string;
}

async function post(path: string, { token, cookie, body = {} }: Sent = {}): Promise<Told> {
  const answer = await fetch(`${desk.url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(cookie !== undefined && { Cookie: cookie }),
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  const set = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  const refresh = set.find((line) => line.startsWith('ld_platform_refresh=')) ?? '';
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Told['body'], cookie: refresh };
}

interface Sent {
  readonly token?: string;
  readonly cookie?: string;
  readonly body?: object;
}

async function signIn(email = EMAIL): Promise<{ token: string; cookie: string }> {
  const { status, body, cookie } = await post('/platform/auth/login', { body: { email, password: PASSWORD } });
  expect(status).toBe(200);
  return { token: body.accessToken as string, cookie };
}

/** The only operations for platform admins that change nothing are asked with ids that exist nowhere. */
const refresh = async (cookie: string): Promise<Told> => post('/platform/auth/refresh', { cookie });

describe('signing in to the platform', () => {
  it('opens a session with a cookie of its own and says who it is', async () => {
    const answer = await fetch(`${desk.url}/api/v1/platform/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: ' Olena@Platform.test', password: PASSWORD }),
    });
    expect(answer.status).toBe(200);
    const body = (await answer.json()) as { admin: object; sessionEndsAt: string };
    expect(body.admin).toMatchObject({ name: 'Olena Marchuk', email: EMAIL });
    const [cookie = ''] = answer.headers.getSetCookie().filter((line) => line.startsWith('ld_platform_refresh='));
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(cookie).toMatch(/Path=\/api\/v1\/platform\/auth/);
    const hours = (Date.parse(body.sessionEndsAt) - Date.now()) / 3_600_000;
    expect(hours).toBeLessThanOrEqual(8.1);
  });

  it('B5 answers an unknown address, a wrong password and a member with the same words', async () => {
    const bodies = [
      { email: 'nobody@platform.test', password: PASSWORD },
      { email: EMAIL, password: 'something else entirely' },
      { email: 'owner@demo.test', password: 'ledgerdesk-demo' },
    ];
    const answers = await Promise.all(bodies.map((body) => post('/platform/auth/login', { body })));
    for (const { status, body } of answers) {
      expect([status, body.code]).toEqual([401, 'sign-in.refused']);
      expect(body.detail).toEqual(answers[0]?.body.detail);
    }
    const member = await post('/auth/login', { body: { email: EMAIL, password: PASSWORD } });
    expect([member.status, member.body.code]).toEqual([401, 'sign-in.refused']);
  });

  it('B3 F9 counts attempts before anything is hashed, apart from those of members', async () => {
    const body = { email: 'samir@demo.test', password: 'wrong, and again wrong' };
    const codes: unknown[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1)
      codes.push((await post('/platform/auth/login', { body })).body.code);
    expect(codes.filter((code) => code === 'sign-in.refused')).toHaveLength(10);
    expect(codes.at(-1)).toBe('sign-in.too-many-attempts');
    await expect(desk.tokenOf('samir@demo.test')).resolves.toEqual(expect.any(String));
  });

  it('B7 ends the session of a refresh token that is used twice', async () => {
    const first = await signIn();
    const second = await refresh(first.cookie);
    expect(second.status).toBe(200);
    // As if the ten seconds for two tabs were over.
    await desk.readStore.global((sql) =>
      sql.rows(`update platform_session set rotated_at = now() - interval '1 minute'`),
    );
    expect((await refresh(first.cookie)).status).toBe(401);
    expect((await refresh(second.cookie)).status).toBe(401);
    await eventually(async () => {
      expect((await post('/platform/auth/logout', { token: second.body.accessToken as string })).status).toBe(401);
    });
  });

  it('goes on for half an hour without a request, and not longer', async () => {
    const { cookie } = await signIn();
    await desk.readStore.global((sql) =>
      sql.rows(`update platform_session set last_used_at = now() - interval '31 minutes'`),
    );
    expect((await refresh(cookie)).status).toBe(401);
  });

  it('is over everywhere once somebody has signed out', async () => {
    const { token, cookie } = await signIn();
    expect((await post('/platform/auth/logout', { token })).status).toBe(204);
    expect((await refresh(cookie)).status).toBe(401);
  });
});

describe('a platform admin', () => {
  it('B16 C12 is nobody in the desk: every operation of members refuses the token, and so does the socket', async () => {
    const { token } = await signIn();
    const { paths } = (await (await fetch(`${desk.url}/api/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { security?: object[] }>>;
    };
    const closed = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(
          ([, { security = [] }]) =>
            !path.includes('/platform/') && !security.some((each) => Object.keys(each).length === 0),
        )
        .map(([method]) => ({ method, path: path.replaceAll(/\{\w+\}/g, PLATFORM_WORKSPACE) })),
    );
    expect(closed.length).toBeGreaterThan(50);
    for (const { method, path } of closed) {
      const { status } = await fetch(`${desk.url}${path}`, {
        method: method.toUpperCase(),
        headers: { Authorization: `Bearer ${token}` },
      });
      expect([method, path, status]).toEqual([method, path, 401]);
    }
    const socket = io(`${desk.url}/desk`, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      auth: { token },
    });
    const refusal = await new Promise<Error>((resolve) => socket.once('connect_error', resolve));
    socket.disconnect();
    expect(refusal.message).toBe('unauthorized');
  });

  it('is made by the command line alone, and the ledger says so without address or password', async () => {
    await add('second@platform.test');
    await expect(add('second@platform.test')).resolves.toBe(false);
    const events = (await desk.store.readAll({ after: '', prefix: 'platform-' })).filter(({ stream }) =>
      stream.includes(PLATFORM_WORKSPACE.replaceAll('-', '')),
    );
    expect(events.map(({ type }) => type)).toEqual(['PlatformAdminAdded', 'PlatformAdminAdded']);
    for (const { data, metadata } of events) {
      expect(JSON.parse(metadata)).toMatchObject({ actor: 'system:command-line', workspaceId: PLATFORM_WORKSPACE });
      expect(data).not.toMatch(/platform\.test|Olena|argon2/);
    }
  });

  it('B9 who is removed is refused within five seconds, and can not come back in', async () => {
    await add('third@platform.test');
    const { token, cookie } = await signIn('third@platform.test');
    const tools = { runner: desk.runner, admins: new AdminTable(desk.readStore) };
    await removePlatformAdmin(tools, 'third@platform.test');
    const began = performance.now();
    expect((await refresh(cookie)).status).toBe(401);
    await eventually(async () => {
      expect((await post('/platform/auth/logout', { token })).status).toBe(401);
    });
    expect(performance.now() - began).toBeLessThan(5_000);
    const again = await post('/platform/auth/login', { body: { email: 'third@platform.test', password: PASSWORD } });
    expect(again.body.code).toBe('sign-in.refused');
    await expect(removePlatformAdmin(tools, 'third@platform.test')).rejects.toMatchObject({
      code: 'platform-admin.not-found',
    });
  });
});
