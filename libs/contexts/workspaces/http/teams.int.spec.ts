import { randomUUID } from 'node:crypto';
import request, { type Response } from 'supertest';
import { startTestDesk, type TestDesk } from '@ledgerdesk/testing';

interface TeamBody {
  readonly id: string;
  readonly name: string;
  readonly memberIds: readonly string[];
  readonly archived: boolean;
}
interface MemberBody {
  readonly id: string;
  readonly name: string;
  readonly role: string;
}
interface Page<Row> {
  readonly data: readonly Row[];
  readonly page: { readonly next: string | null; readonly hasMore: boolean };
}

let desk: TestDesk;
let supervisor: string;
let stranger: string;

beforeAll(async () => {
  desk = await startTestDesk();
  supervisor = await desk.tokenOf('supervisor@demo.test');
  stranger = await desk.tokenOf('owner@globex.test');
  await desk.caughtUp();
}, 120_000);

afterAll(async () => {
  await desk.close();
});

async function send(
  method: 'get' | 'post' | 'delete',
  path: string,
  { token = supervisor, body, headers = {} }: { token?: string; body?: object; headers?: Record<string, string> } = {},
): Promise<Response> {
  const asked = request(desk.server)[method](`/api/v1${path}`).set('Authorization', `Bearer ${token}`).set(headers);
  return body ? asked.send(body) : asked;
}

async function createTeam(name: string): Promise<Response> {
  return send('post', '/teams', { body: { name } });
}

async function memberNamed(name: string): Promise<MemberBody> {
  const { data } = (await send('get', '/members')).body as Page<MemberBody>;
  const member = data.find((each) => each.name === name);
  if (!member) throw new Error(`${name} is not a member.`);
  return member;
}

describe('members', () => {
  it('are those of the own workspace', async () => {
    const { data, page } = (await send('get', '/members')).body as Page<MemberBody>;
    expect(data).toHaveLength(9);
    expect(page).toEqual({ next: null, hasMore: false });
    expect(await memberNamed('Jonas Weber')).toMatchObject({ role: 'light_agent', status: 'active', canSignIn: true });
    const theirs = (await send('get', '/members', { token: stranger })).body as Page<MemberBody>;
    expect(theirs.data.map(({ name }) => name)).toEqual(['Ingrid Solberg']);
  });

  it('come in pages without a gap or a duplicate', async () => {
    const names: string[] = [];
    let after = '';
    do {
      const { body, headers } = await send('get', `/members?limit=4${after}`);
      const { data, page } = body as Page<MemberBody>;
      names.push(...data.map(({ name }) => name));
      expect(Boolean(headers.link)).toBe(page.hasMore);
      after = page.next === null ? '' : `&after=${page.next}`;
    } while (after !== '');
    expect(names).toHaveLength(9);
    expect(new Set(names).size).toBe(9);
  });

  it.each(['limit=0', 'limit=101', 'limit=1e2', 'limit=1&limit=2', 'after=x', 'sort=name', 'role[$ne]=x'])(
    'D1 answers 400 to ?%s',
    async (query) => {
      expect((await send('get', `/members?${query}`)).status).toBe(400);
    },
  );

  it('A16 a cursor of another workspace or list is worth nothing', async () => {
    const { next } = ((await send('get', '/members?limit=2')).body as Page<MemberBody>).page;
    expect((await send('get', `/members?after=${String(next)}`, { token: stranger })).status).toBe(400);
    expect((await send('get', `/teams?after=${String(next)}`)).status).toBe(400);
  });
});

describe('teams', () => {
  it('are created, shown, filled and emptied', async () => {
    const created = await createTeam('  Night\u202e  shift ');
    expect(created.status).toBe(201);
    const { id } = created.body as TeamBody;
    expect(created.headers.location).toBe(`/api/v1/teams/${id}`);
    expect(created.body).toEqual({ id, name: 'Night shift', memberIds: [], archived: false });

    const { id: memberId } = await memberNamed('Aiko Tanaka');
    const added = await send('post', `/teams/${id}/members`, { body: { memberId } });
    expect(added.body).toMatchObject({ memberIds: [memberId] });
    const position = added.headers['ledger-position'] ?? '';
    const shown = await send('get', `/teams/${id}`, { headers: { 'Ledger-Position': position } });
    expect(shown.body).toEqual(added.body);
    expect(shown.headers.etag).toBe(added.headers.etag);
    const { data } = (await send('get', '/teams', { headers: { 'Ledger-Position': position } })).body as Page<TeamBody>;
    expect(data.find((team) => team.id === id)).toEqual(added.body);

    const removed = await send('delete', `/teams/${id}/members/${memberId}`);
    expect(removed.body).toMatchObject({ memberIds: [] });
  });

  it('K4 are renamed with If-Match: missing 428, stale 412 with both names, unrelated changes merge', async () => {
    const created = await createTeam('Returns');
    const { id } = created.body as TeamBody;
    const { etag = '' } = created.headers;
    const rename = (name: string, ifMatch?: string): Promise<Response> =>
      send('post', `/teams/${id}/rename`, { body: { name }, headers: ifMatch ? { 'If-Match': ifMatch } : {} });
    expect((await rename('Refunds')).status).toBe(428);
    const { id: memberId } = await memberNamed('Aiko Tanaka');
    await send('post', `/teams/${id}/members`, { body: { memberId } });
    expect((await rename('Refunds', etag)).status).toBe(200);
    const stale = await rename('Reclamations', etag);
    expect(stale.status).toBe(412);
    expect(stale.body).toMatchObject({ conflicts: [{ field: 'name', yours: 'Reclamations', theirs: 'Refunds' }] });
    expect((await rename('Reclamations', '*')).status).toBe(200);
  });

  it('are archived and then left alone', async () => {
    const { id } = (await createTeam('Fax')).body as TeamBody;
    expect((await send('post', `/teams/${id}/archive`)).body).toMatchObject({ archived: true });
    const late = await send('post', `/teams/${id}/rename`, { body: { name: 'Telex' }, headers: { 'If-Match': '*' } });
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({ code: 'team.archived' });
  });

  it('K1 are created once for one Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const again = (): Promise<Response> => send('post', '/teams', { body: { name: 'Once' }, headers });
    const first = await again();
    const second = await again();
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect(second.body).toEqual(first.body);
  });

  it('A1 A2 of another workspace are as unknown as those that never were', async () => {
    const { id } = (await createTeam('Ours')).body as TeamBody;
    const { id: memberId } = await memberNamed('Aiko Tanaka');
    const paths = (team: string): readonly (readonly ['get' | 'post' | 'delete', string, object?])[] => [
      ['get', `/teams/${team}`],
      ['post', `/teams/${team}/rename`, { name: 'Taken' }],
      ['post', `/teams/${team}/archive`],
      ['post', `/teams/${team}/members`, { memberId: randomUUID() }],
      ['delete', `/teams/${team}/members/${memberId}`],
    ];
    await desk.caughtUp();
    const unknown = paths(randomUUID());
    for (const [index, [method, path, body]] of paths(id).entries()) {
      const options = { token: stranger, headers: { 'If-Match': '*' }, ...(body && { body }) };
      const foreign = await send(method, path, options);
      const never = await send(method, unknown[index]?.[1] ?? '', options);
      expect([path, foreign.status]).toEqual([path, 404]);
      expect(without(foreign)).toEqual(without(never));
    }
    // A foreign member in an own team is as unknown.
    const { id: theirs } = ((await send('get', '/members', { token: stranger })).body as Page<MemberBody>).data[0] ?? {
      id: '',
    };
    const mixed = await send('post', `/teams/${id}/members`, { body: { memberId: theirs } });
    expect([mixed.status, (mixed.body as { code: string }).code]).toEqual([404, 'member.not-found']);
    await desk.caughtUp();
    expect((await send('get', `/teams/${id}`)).body).toEqual({ id, name: 'Ours', memberIds: [], archived: false });
  });

  it.each([
    ['no name', {}],
    ['an empty name', { name: '' }],
    ['D2 an object', { name: { $ne: '' } }],
    ['D4 fields of the answer', { name: 'x', memberIds: [], archived: true }],
    ['A3 a workspace', { name: 'x', workspaceId: randomUUID() }],
    ['D8 NUL', { name: 'a\u0000b' }],
  ])('answers 400 to %s', async (_, body) => {
    expect((await send('post', '/teams', { body })).status).toBe(400);
  });

  it('D9 refuses a name that nobody can see', async () => {
    const { status, body } = await createTeam('\u200b\u200b');
    expect([status, (body as { code: string }).code]).toEqual([422, 'team.name-empty']);
  });
});

/** An answer without what differs in every one: path, request id, date. */
function without({ headers, body }: Response): object {
  const { date: _, 'x-request-id': __, ...rest } = headers as Record<string, string>;
  const { requestId: ___, instance: ____, ...said } = body as Record<string, unknown>;
  return { rest, said };
}
