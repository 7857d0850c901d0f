import request, { type Response } from 'supertest';
import { nameId, type Role } from '@ledgerdesk/kernel';
import { startTestDesk, type TestDesk } from '@ledgerdesk/testing';
import { ChangeMemberRole, memberDecider } from '@ledgerdesk/workspaces';
import { demoIds } from '../demo/demo-people.js';

let desk: TestDesk;

beforeAll(async () => {
  desk = await startTestDesk();
}, 120_000);

afterAll(async () => {
  await desk.close();
});

interface Signed {
  readonly token: string;
  readonly cookie: string;
}

function signed({ body, headers }: Response): Signed {
  const cookies = (headers['set-cookie'] ?? []) as unknown as string[];
  const cookie = cookies.find((text) => text.startsWith('ld_refresh='))?.split(';')[0] ?? '';
  return { token: (body as { accessToken: string }).accessToken, cookie };
}

async function signIn(email = 'agent@demo.test'): Promise<Signed> {
  return signed(await request(desk.server).post('/api/v1/auth/login').send({ email, password: 'ledgerdesk-demo' }));
}

function refresh(cookie: string): Promise<Response> {
  return request(desk.server).post('/api/v1/auth/refresh').set('Cookie', cookie);
}

function me(token: string): Promise<Response> {
  return request(desk.server).get('/api/v1/me').set('Authorization', `Bearer ${token}`);
}

/** Puts the last rotation of every session outside of the time in which it may be repeated. */
async function afterGrace(): Promise<void> {
  await desk.readStore.global((sql) => sql.rows(`update session set rotated_at = rotated_at - interval '11 seconds'`));
}

/** Waits for what must come true within five seconds. */
async function withinFiveSeconds(holds: () => Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + 5_000; Date.now() < end;) {
    if (await holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return holds();
}

describe('a session', () => {
  it('goes on with the next cookie and a new access token', async () => {
    const first = await signIn();
    const answer = await refresh(first.cookie);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ expiresIn: 900, member: { email: 'agent@demo.test' } });
    const next = signed(answer);
    expect(next.cookie).not.toBe(first.cookie);
    expect((await me(next.token)).status).toBe(200);
    expect((await refresh(next.cookie)).status).toBe(200);
  });

  it('B7 ends for everybody when a refresh token is used twice', async () => {
    const thief = await signIn();
    const owner = signed(await refresh(thief.cookie));
    await afterGrace();
    const stolen = await refresh(thief.cookie);
    expect(stolen.status).toBe(401);
    expect(stolen.body).toMatchObject({ code: 'session.ended' });
    expect((await refresh(owner.cookie)).status).toBe(401);
    expect(desk.logged.filter((line) => line.includes('refresh token was used twice'))).toHaveLength(1);
    await expect(withinFiveSeconds(async () => (await me(owner.token)).status === 401)).resolves.toBe(true);
  });

  it('B7 notices a token from long ago', async () => {
    const first = await signIn();
    const second = signed(await refresh(first.cookie));
    const third = signed(await refresh(second.cookie));
    expect((await refresh(first.cookie)).status).toBe(401);
    expect((await refresh(third.cookie)).status).toBe(401);
  });

  it('B8 gives two tabs that refresh at the same time the same next cookie', async () => {
    const { cookie } = await signIn();
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(cookie)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    const next = new Set(answers.map((answer) => signed(answer).cookie));
    expect(next.size).toBe(1);
    expect((await refresh([...next][0] ?? '')).status).toBe(200);
  });

  it.each([
    ['no cookie', () => ''],
    ['an empty cookie', () => 'ld_refresh='],
    ['a cookie of our shape with another seal', (cookie: string) => `${cookie.slice(0, -4)}AAAA`],
    ['a cookie for a later generation', (cookie: string) => cookie.replace('.0.', '.1.')],
    ['nonsense', () => 'ld_refresh=%00%ff;;=;'],
  ])('does not go on with %s, and survives it', async (_, forge) => {
    const { cookie } = await signIn();
    const answer = await refresh(forge(cookie));
    expect(answer.status).toBe(401);
    expect(answer.headers['set-cookie']).toEqual([expect.stringMatching(/^ld_refresh=;.*Expires=Thu, 01 Jan 1970/)]);
    expect((await refresh(cookie)).status).toBe(200);
  });

  it('is over after thirty days', async () => {
    const { cookie } = await signIn();
    await desk.readStore.global((sql) => sql.rows(`update session set expires_at = now() - interval '1 second'`));
    expect((await refresh(cookie)).status).toBe(401);
  });

  it('B9 is over after signing out, and only this one', async () => {
    const here = await signIn();
    const elsewhere = await signIn();
    expect((await me(here.token)).status).toBe(200);
    const out = await request(desk.server).post('/api/v1/auth/logout').set('Authorization', `Bearer ${here.token}`);
    expect(out.status).toBe(204);
    expect(out.headers['set-cookie']).toEqual([expect.stringMatching(/^ld_refresh=;/)]);
    expect((await refresh(here.cookie)).status).toBe(401);
    await expect(withinFiveSeconds(async () => (await me(here.token)).status === 401)).resolves.toBe(true);
    expect((await me(elsewhere.token)).status).toBe(200);
    expect((await refresh(elsewhere.cookie)).status).toBe(200);
  });

  it('B9 follows the role of the seat within five seconds', async () => {
    const { token } = await signIn('light@demo.test');
    const become = async (role: Role): Promise<void> => {
      const commandId = nameId('test', role, String(performance.now()));
      await desk.runner.run(memberDecider, new ChangeMemberRole(demoIds.member('demo', 'light@demo.test'), role), {
        workspaceId: demoIds.workspace('demo'),
        actor: 'system:test',
        commandId,
        correlationId: commandId,
      });
    };
    const createsTeam = async (): Promise<number> =>
      (
        await request(desk.server)
          .post('/api/v1/teams')
          .set('Authorization', `Bearer ${token}`)
          .send({ name: 'Night shift' })
      ).status;
    await expect(createsTeam()).resolves.toBe(403);
    await become('supervisor');
    await expect(withinFiveSeconds(async () => (await createsTeam()) === 201)).resolves.toBe(true);
    await become('light_agent');
    await expect(withinFiveSeconds(async () => (await createsTeam()) === 403)).resolves.toBe(true);
  });

  it('leaves nothing in the database that opens anything', async () => {
    const { cookie, token } = await signIn();
    const rows = await desk.readStore.global((sql) =>
      sql.rows<{ row: string }>(
        `select s::text as row from session s union all select a::text from account a union all select l::text from sign_in_limit l`,
      ),
    );
    const dump = rows.map(({ row }) => row).join('\n');
    expect(dump.length).toBeGreaterThan(100);
    for (const secret of [cookie.split('.').at(-1) ?? '', token, 'ledgerdesk-demo', '127.0.0.1']) {
      expect(dump).not.toContain(secret);
    }
  });
});
