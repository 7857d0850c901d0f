import request, { type Response } from 'supertest';
import { newId } from '@ledgerdesk/kernel';
import { startTestDesk, type TestDesk } from '@ledgerdesk/testing';

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';

interface Listed {
  readonly id: string;
  readonly lastUsedAt: string;
  readonly device: object;
  readonly network: string | null;
  readonly current: boolean;
}

interface Signed {
  readonly token: string;
  readonly cookie: string;
}

let desk: TestDesk;

beforeAll(async () => {
  desk = await startTestDesk();
}, 120_000);

beforeEach(async () => {
  await desk.readStore.global((sql) => sql.rows('delete from session'));
});

afterAll(async () => {
  await desk.close();
});

async function signIn(email = 'agent@demo.test', userAgent = FIREFOX): Promise<Signed> {
  const { body, headers } = await request(desk.server)
    .post('/api/v1/auth/login')
    .set('User-Agent', userAgent)
    .send({ email, password: 'ledgerdesk-demo' })
    .expect(200);
  const cookies = headers['set-cookie'] as unknown as string[];
  const cookie = cookies.find((text) => text.startsWith('ld_refresh='))?.split(';')[0] ?? '';
  return { token: (body as { accessToken: string }).accessToken, cookie };
}

function get({ token }: Signed, path: string): Promise<Response> {
  return request(desk.server).get(`/api/v1${path}`).set('Authorization', `Bearer ${token}`);
}

function post({ token }: Signed, path: string, headers: Record<string, string> = {}): Promise<Response> {
  return request(desk.server).post(`/api/v1${path}`).set('Authorization', `Bearer ${token}`).set(headers);
}

function refresh({ cookie }: Signed, userAgent = FIREFOX): Promise<Response> {
  return request(desk.server).post('/api/v1/auth/refresh').set({ Cookie: cookie, 'User-Agent': userAgent });
}

async function list(who: Signed): Promise<readonly Listed[]> {
  const { status, body } = await get(who, '/me/sessions');
  expect(status).toBe(200);
  return (body as { data: Listed[] }).data;
}

async function idOf(who: Signed): Promise<string> {
  return (await list(who)).find(({ current }) => current)?.id ?? '';
}

const codeOf = ({ status, body }: Response): [number, unknown] => [status, (body as { code?: string }).code];

/** What an outsider can tell two refusals apart by. */
function seen({ status, headers, body }: Response): object {
  const { date: _, 'x-request-id': __, 'content-length': ___, ...rest } = headers as Record<string, string>;
  const { requestId: ____, instance: _____, ...said } = body as Record<string, unknown>;
  return { status, headers: rest, said };
}

describe('the own sessions', () => {
  it('are told by device, network and time, the one that asks first', async () => {
    const elsewhere = await signIn('agent@demo.test', 'curl/8.14.1');
    const here = await signIn();
    await signIn('owner@demo.test');
    const sessions = await list(here);
    expect(sessions).toEqual([
      {
        id: expect.any(String) as string,
        startedAt: expect.stringMatching(/Z$/) as string,
        lastUsedAt: expect.stringMatching(/Z$/) as string,
        device: { browser: 'Firefox', system: 'Windows' },
        network: '127.0.0.0/24',
        current: true,
      },
      expect.objectContaining({ device: { browser: 'curl', system: null }, current: false }),
    ]);
    expect((await list(elsewhere)).map(({ device }) => device)).toEqual([
      { browser: 'curl', system: null },
      { browser: 'Firefox', system: 'Windows' },
    ]);
  });

  it('E1 say nothing that a program calls itself, and keep no more than 300 characters of it', async () => {
    const here = await signIn('agent@demo.test', `<img src=x onerror=alert(1)>${'x'.repeat(5_000)}`);
    expect(JSON.stringify(await list(here))).not.toMatch(/img|xxx/);
    const rows = await desk.readStore.global((sql) =>
      sql.rows<{ kept: number }>('select length(user_agent) as kept from session'),
    );
    expect(rows).toEqual([{ kept: 300 }]);
  });

  it('show where they were continued last', async () => {
    const here = await signIn();
    const answer = await refresh(here, 'curl/8.14.1');
    expect(answer.status).toBe(200);
    expect((await list(here)).map(({ device }) => device)).toEqual([{ browser: 'curl', system: null }]);
  });

  it('are written to when used after five minutes, and not before', async () => {
    const usedBefore = async (minutes: number): Promise<number> => {
      const who = await signIn();
      await desk.readStore.global((sql) =>
        sql.rows('update session set last_used_at = now() - make_interval(mins => $1)', [minutes]),
      );
      const [session] = await list(who);
      return Math.round((Date.now() - Date.parse(session?.lastUsedAt ?? '')) / 60_000);
    };
    await expect(usedBefore(4)).resolves.toBe(4);
    await expect(usedBefore(6)).resolves.toBe(0);
  });

  it('are fifty at most, the one that asks among them', async () => {
    const here = await signIn();
    await desk.readStore.global((sql) =>
      sql.rows(`insert into session (id, account_id, workspace_id, member_id, expires_at, last_used_at)
                select gen_random_uuid(), account_id, workspace_id, member_id, expires_at, now() + interval '1 hour'
                from session, generate_series(1, 60)`),
    );
    const { body } = await get(here, '/me/sessions');
    const { data, hasMore } = body as { data: Listed[]; hasMore: boolean };
    expect([data.length, data[0]?.current, hasMore]).toEqual([50, true, true]);
    expect((await post(here, '/me/sessions/end-others')).body).toEqual({ ended: 60 });
    expect((await get(here, '/me/sessions')).body).toMatchObject({ hasMore: false });
  });

  it('B9 can be ended one by one: the refresh token is refused at once, and the others go on', async () => {
    const [here, elsewhere, third] = [await signIn(), await signIn(), await signIn()];
    const id = await idOf(elsewhere);
    const key = { 'Idempotency-Key': newId() };
    expect((await post(here, `/me/sessions/${id}/end`, key)).status).toBe(204);
    expect(codeOf(await refresh(elsewhere))).toEqual([401, 'session.ended']);
    expect((await refresh(third)).status).toBe(200);
    expect((await list(here)).map((session) => session.id)).not.toContain(id);
    expect((await post(here, `/me/sessions/${id}/end`, key)).status).toBe(204);
    expect((await post(here, `/me/sessions/${id}/end`)).status).toBe(204);
  });

  it('A1 of somebody else are as unknown as none, and go on', async () => {
    const [here, colleague, foreign] = [
      await signIn(),
      await signIn('owner@demo.test'),
      await signIn('owner@globex.test'),
    ];
    const unknown = seen(await post(here, `/me/sessions/${newId()}/end`));
    expect(unknown).toMatchObject({ status: 404, said: { code: 'session.not-found' } });
    for (const id of [
      await idOf(colleague),
      await idOf(foreign),
      '1',
      '%00',
      "'--",
      'end-others.',
      'a'.repeat(3_000),
    ]) {
      expect(seen(await post(here, `/me/sessions/${id}/end`))).toEqual(unknown);
    }
    for (const other of [colleague, foreign]) expect((await refresh(other)).status).toBe(200);
  });

  it('B9 can be ended all but one, and others of other people go on', async () => {
    const [here, one, two] = [await signIn(), await signIn(), await signIn()];
    const colleague = await signIn('owner@demo.test');
    const key = { 'Idempotency-Key': newId() };
    expect((await post(here, '/me/sessions/end-others', key)).body).toEqual({ ended: 2 });
    expect((await post(here, '/me/sessions/end-others', key)).body).toEqual({ ended: 2 });
    expect((await post(here, '/me/sessions/end-others')).body).toEqual({ ended: 0 });
    for (const ended of [one, two]) expect((await refresh(ended)).status).toBe(401);
    for (const kept of [here, colleague]) expect((await refresh(kept)).status).toBe(200);
  });

  it('B9 that are over end no others, although their access token is remembered for seconds', async () => {
    const [here, thief] = [await signIn(), await signIn()];
    const [own, theirs] = [await idOf(here), await idOf(thief)];
    expect((await post(here, `/me/sessions/${theirs}/end`)).status).toBe(204);
    expect(codeOf(await post(thief, '/me/sessions/end-others'))).toEqual([401, 'session.ended']);
    expect(codeOf(await post(thief, `/me/sessions/${own}/end`))).toEqual([401, 'session.ended']);
    expect((await refresh(here)).status).toBe(200);
  });

  it('K1 that end each other at the same moment leave one', async () => {
    for (let round = 0; round < 5; round += 1) {
      const both = [await signIn(), await signIn()];
      for (const one of both) await list(one);
      const answers = await Promise.all(both.map((one) => post(one, '/me/sessions/end-others')));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401]);
      const going = await Promise.all(both.map((one) => refresh(one)));
      expect(going.map(({ status }) => status).toSorted()).toEqual([200, 401]);
    }
  });

  it('take no body and no query', async () => {
    const here = await signIn();
    expect(codeOf(await get(here, '/me/sessions?accountId=x'))).toEqual([400, 'request.invalid']);
    const answer = await request(desk.server)
      .post('/api/v1/me/sessions/end-others')
      .set('Authorization', `Bearer ${here.token}`)
      .send({ all: true });
    expect(codeOf(answer)).toEqual([400, 'request.invalid']);
  });
});
