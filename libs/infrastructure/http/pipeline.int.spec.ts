import request from 'supertest';
import { createTestDatabase, present, type TestDatabase } from '@ledgerdesk/testing';
import { httpMigrations } from './index.js';
import { type Probe, probe, WORKSPACE } from './probe.fixture.js';

let database: TestDatabase;
let desk: Probe;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: httpMigrations, projections: [] });
  desk = await probe(database);
}, 60_000);

afterAll(async () => {
  await desk.app.close();
  await database.drop();
});

const agent = (): ReturnType<typeof request> => request(desk.app.getHttpServer());

describe('problems', () => {
  it('are RFC 9457 documents whose type is a page', async () => {
    const { status, headers, body } = await agent().get('/api/v1/things/missing').set('X-Request-Id', 'req-12345678');
    expect(status).toBe(404);
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(body).toEqual({
      type: 'https://help.example.org/api/problems/thing.not-found',
      title: 'Nothing is here',
      status: 404,
      detail: 'There is no such thing.',
      instance: '/api/v1/things/missing',
      code: 'thing.not-found',
      requestId: 'req-12345678',
    });
    for (const code of ['thing.not-found', 'request.invalid']) {
      const page = await agent().get(`/api/problems/${code}`);
      expect(page.status).toBe(200);
      expect(page.text).toContain(code);
    }
  });

  it('never show a code that would be markup', async () => {
    const page = await agent().get('/api/problems/%3Cscript%3E');
    expect(page.text).not.toContain('<script>');
  });

  it('answer unknown addresses', async () => {
    expect((await agent().get('/api/v1/nothing')).body).toMatchObject({ code: 'resource.not-found', status: 404 });
  });

  it('carry the request id and the trace into the log, and nothing of the content', async () => {
    desk.lines.length = 0;
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const { headers } = await agent()
      .post('/api/v1/things?canary-query')
      .set('traceparent', `00-${trace}-00f067aa0ba902b7-01`)
      .set('X-Request-Id', 'bad id with spaces')
      .set('Authorization', 'Bearer canary-token')
      .send({ name: 'canary-body' });
    const [line = ''] = desk.lines;
    expect(JSON.parse(line)).toMatchObject({
      requestId: headers['x-request-id'],
      traceId: trace,
      method: 'POST',
      status: 400,
    });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(desk.lines.join()).not.toMatch(/canary-(?:query|body)/);
  });
});

describe('the tenant', () => {
  it.each(['workspaceId', 'workspace_id', 'WORKSPACEID', 'accountId'])(
    'A3 %s is refused in body and query',
    async (name) => {
      const created = desk.doings.created.length;
      const inBody = await agent()
        .post('/api/v1/things')
        .send({ name: 'x', more: { [name]: WORKSPACE } });
      const inQuery = await agent().get(`/api/v1/things?${name}=${WORKSPACE}`);
      for (const { status, body } of [inBody, inQuery]) {
        expect(status).toBe(400);
        expect(body).toMatchObject({ errors: [{ code: 'tenant.from-credential' }] });
      }
      expect(desk.doings.created).toHaveLength(created);
    },
  );

  it.each(['workspaceId', 'X-Workspace-Id', 'accountId', 'X-Account-Id'])(
    'A3 the header %s is refused',
    async (name) => {
      expect((await agent().get('/api/v1/things').set(name, WORKSPACE)).status).toBe(400);
    },
  );

  it('A16 what is answered is for one reader only', async () => {
    const { headers } = await agent().get('/api/v1/things/a');
    expect(headers['cache-control']).toBe('private, no-store');
  });
});

describe('versions', () => {
  const rename = (ifMatch?: string): request.Test => {
    const call = agent().post('/api/v1/things/a/rename').send({ name: 'New' });
    return ifMatch === undefined ? call : call.set('If-Match', ifMatch);
  };

  it('K4 a command that sets something needs If-Match', async () => {
    const answer = await rename();
    expect(answer.status).toBe(428);
    expect(answer.body).toMatchObject({ code: 'request.precondition-required' });
  });

  it('K4 only the version part counts, and * overwrites', async () => {
    expect((await rename('"3-anything"')).body).toMatchObject({ runs: 3 });
    expect((await rename('*')).body).toMatchObject({ runs: -1 });
  });

  it('K4 a stale version is refused with both values', async () => {
    const answer = await rename('"2-x"');
    expect(answer.status).toBe(412);
    expect(answer.body).toMatchObject({
      code: 'request.stale',
      conflicts: [{ field: 'name', yours: 'New', theirs: 'Other' }],
    });
  });

  it.each(['3', '"x"', 'W/"3-x"', '"3-x", "4-y"', '"-1-x"'])(
    'K4 the malformed If-Match %s is refused',
    async (ifMatch) => {
      expect((await rename(ifMatch)).status).toBe(400);
    },
  );

  it('answers 304 to who holds the representation already', async () => {
    const { headers } = await agent().get('/api/v1/things/a');
    const etag = headers.etag;
    expect(etag).toMatch(/^"3-[\w-]{16}"$/);
    const again = await agent().get('/api/v1/things/a').set('If-None-Match', `"0-x", ${etag}`);
    expect(again.status).toBe(304);
    expect(again.text).toBe('');
    expect((await agent().get('/api/v1/things/a').set('If-None-Match', '"3-other"')).status).toBe(200);
  });
});

describe('positions and pages', () => {
  it('K11 a read waits for the position of a write', async () => {
    const { headers } = await agent().post('/api/v1/things').send({ name: 'x' });
    const token = headers['ledger-position'] ?? '';
    expect(token).toMatch(/^[0-9a-z]+$/);
    desk.doings.waited = [];
    desk.doings.reached = 'reached';
    const fresh = await agent().get('/api/v1/things/a').set('Ledger-Position', token);
    expect(desk.doings.waited).toEqual(['things@42']);
    expect(fresh.headers['ledger-stale']).toBeUndefined();
    desk.doings.reached = 'stale';
    const stale = await agent().get('/api/v1/things/a').set('Ledger-Position', token);
    expect(stale.status).toBe(200);
    expect(stale.headers['ledger-stale']).toBe('true');
    // What was just made may not be found yet: without the word, that would read as "it is not there".
    const missing = await agent().get('/api/v1/things/missing').set('Ledger-Position', token);
    expect(missing.status).toBe(404);
    expect(missing.headers['ledger-stale']).toBe('true');
  });

  it('A16 a position of another workspace is refused', async () => {
    const { headers } = await agent().post('/api/v1/things').send({ name: 'x' });
    const answer = await agent()
      .get('/api/v1/things/a')
      .set('Authorization', 'Bearer 22222222-2222-4222-8222-222222222222/m1')
      .set('Ledger-Position', headers['ledger-position'] ?? '');
    expect(answer.status).toBe(400);
  });

  it('a cursor continues its own list only', async () => {
    const first = await agent().get('/api/v1/things?colour=red');
    const [, next = ''] = /^<([^>]+)>; rel="next"$/.exec(present(first.headers.link)) ?? [];
    expect((await agent().get(next)).body).toEqual({ data: [1] });
    const stolen = next.replace('colour=red', 'colour=blue');
    expect((await agent().get(stolen)).status).toBe(400);
    const after = new URL(next, 'http://x').searchParams.get('after') ?? '';
    const forged = `${after.slice(0, -1)}${after.endsWith('A') ? 'Q' : 'A'}`;
    expect((await agent().get(`/api/v1/things?colour=red&after=${forged}`)).status).toBe(400);
  });
});
