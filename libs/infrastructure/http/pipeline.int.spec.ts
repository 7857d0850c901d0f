import { connect } from 'node:net';
import { gzipSync, brotliCompressSync } from 'node:zlib';
import request from 'supertest';
import { createTestDatabase, type TestDatabase } from '../../testing/database.js';
import { httpMigrations } from './index.js';
import { type Probe, probe, WORKSPACE } from './probe.fixture.js';

let database: TestDatabase;
let desk: Probe;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: httpMigrations, projections: [] });
  desk = await probe(database, {}, { body: { patience: 300 } });
}, 60_000);

afterAll(async () => {
  await desk.app.close();
  await database.drop();
});

const agent = (): ReturnType<typeof request> => request(desk.app.getHttpServer());

/** Sends bytes that no HTTP library would, and answers with everything that came back until the server hung up. */
function raw(...parts: readonly (string | Buffer)[]): Promise<string> {
  const { port } = desk.app.getHttpServer().address() as { port: number };
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const received: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => received.push(chunk));
    socket.on('close', () => {
      resolve(Buffer.concat(received).toString());
    });
    socket.on('error', reject);
    for (const part of parts) socket.write(part);
  });
}

function rawPost(body: Buffer | string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const bytes = Buffer.from(body);
  const lines = Object.entries({
    Host: '127.0.0.1',
    'Content-Type': 'application/json',
    'Content-Length': String(bytes.length),
    Connection: 'close',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return raw(`POST /api/v1/things HTTP/1.1\r\n${lines.join('')}\r\n`, bytes);
}

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

describe('bodies', () => {
  const place = (answer: { body: unknown }): { pointer: string; code: string } | undefined =>
    (answer.body as { errors?: { pointer: string; code: string }[] }).errors?.[0];

  it('D2 objects where scalars are expected are refused with their places', async () => {
    const answer = await agent()
      .post('/api/v1/things')
      .send({ name: { $gt: '' }, amount: ['1'] });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      code: 'request.invalid',
      errors: [
        { pointer: '/name', code: 'invalid_type' },
        { pointer: '/amount', code: 'invalid_type' },
      ],
    });
  });

  it('D4 unknown keys are refused, each by its place', async () => {
    const answer = await agent().post('/api/v1/things').send({ name: 'One', id: 'x', 'ver/sion': 3 });
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/id' }, { pointer: '/ver~1sion' }] });
    expect((await agent().post('/api/v1/things?name=One').send({ name: 'One' })).status).toBe(400);
    expect((await agent().get('/api/v1/things?colour=red&size=9')).status).toBe(400);
  });

  it.each([
    '{"name":"x","__proto__":{"polluted":true}}',
    '{"name":"x","more":{"constructor":{"prototype":{"polluted":true}}}}',
    '{"name":"x","notes":[{"deep":{"prototype":1}}]}',
  ])('D5 prototype keys are refused: %s', async (text) => {
    const answer = await agent().post('/api/v1/things').type('json').send(text);
    expect(answer.status).toBe(400);
    expect(place(answer)?.code).toBe('key.refused');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('D5 prototype keys in the query are refused', async () => {
    for (const query of ['__proto__[a]=1&__proto__=1', 'constructor=1', '%5F_proto__=1']) {
      expect((await agent().get(`/api/v1/things?${query}`)).status).toBe(400);
    }
  });

  it('D6 JSON may be 32 levels deep and not 40,000', async () => {
    const nested = (levels: number): string => `{"name":"x","notes":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    expect((await agent().post('/api/v1/things').type('json').send(nested(31))).status).toBe(201);
    const tooDeep = await agent().post('/api/v1/things').type('json').send(nested(32));
    expect(tooDeep.status).toBe(400);
    expect(place(tooDeep)?.code).toBe('json.too-deep');
    expect((await agent().post('/api/v1/things').type('json').send(nested(40_000))).status).toBe(400);
  });

  it('D7 a body over 100 kB is refused, announced or not', async () => {
    const big = JSON.stringify({ name: 'x'.repeat(102_400) });
    expect(
      (
        await agent()
          .post('/api/v1/things')
          .send({ name: 'x'.repeat(102_000) })
      ).status,
    ).toBe(400);
    expect(await rawPost(big)).toMatch(/^HTTP\/1\.1 413 .*request\.too-large/s);
    const chunk = `${(60_000).toString(16)}\r\n${'x'.repeat(60_000)}\r\n`;
    const head =
      'POST /api/v1/things HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(await raw(head, chunk, chunk)).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('D7 compressed bodies are refused unread', async () => {
    const text = JSON.stringify({ name: 'x' });
    expect(await rawPost(gzipSync(text), { 'Content-Encoding': 'gzip' })).toMatch(/^HTTP\/1\.1 415 /);
    expect(await rawPost(brotliCompressSync(text), { 'Content-Encoding': 'br' })).toMatch(/^HTTP\/1\.1 415 /);
  });

  it('D7 a body that trickles in is cut off', async () => {
    const head =
      'POST /api/v1/things HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n';
    expect(await raw(head, '{"na')).toMatch(/^HTTP\/1\.1 408 .*request\.timeout/s);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=latin1',
  ])('takes no %s', async (type) => {
    expect(await rawPost('{"name":"x"}', { 'Content-Type': type })).toMatch(/^HTTP\/1\.1 415 /);
  });

  it.each(['{', '{"name":"x"}}', 'NaN', '{"name":NaN}', "{'name':'x'}", '\u{feff}{}', 'undefined'])(
    'refuses malformed JSON: %s',
    async (text) => {
      const answer = await agent().post('/api/v1/things').type('json').send(text);
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ code: 'request.malformed' });
    },
  );

  it('refuses bytes that are not UTF-8', async () => {
    expect(await rawPost(Buffer.from('{"name":"\xff"}', 'latin1'))).toMatch(/^HTTP\/1\.1 400 /);
  });

  it.each([
    ['NUL', '{"name":"a\\u0000b"}'],
    ['a lone high surrogate', '{"name":"\\ud800"}'],
    ['a lone low surrogate', '{"name":"\\udc00"}'],
    ['NUL in a key', '{"name":"x","more":{"a\\u0000":1}}'],
    ['half an emoji in a key', '{"name":"x","more":{"\\ud83d":1}}'],
  ])('D8 refuses %s', async (_, text) => {
    const answer = await agent().post('/api/v1/things').type('json').send(text);
    expect(answer.status).toBe(400);
    expect(place(answer)?.code).toBe('text.unstorable');
  });

  it('D8 refuses NUL and broken UTF-8 in a query', async () => {
    expect((await agent().get('/api/v1/things?colour=%00')).status).toBe(400);
    expect((await agent().get('/api/v1/things?colour=%ed%a0%80')).status).toBe(400);
    expect((await agent().get('/api/v1/things/%ed%a0%80')).status).toBe(400);
  });

  it.each(['1e400', '-1e400', '-0', '9007199254740993', '-9007199254740993', '1e30'])(
    'D11 refuses the number %s',
    async (number) => {
      const answer = await agent().post('/api/v1/things').type('json').send(`{"name":"x","amount":${number}}`);
      expect(answer.status).toBe(400);
      expect(place(answer)).toEqual(expect.objectContaining({ pointer: '/amount', code: 'number.inexact' }));
    },
  );

  it.each(['9007199254740991', '0.1', '-5'])('D11 keeps the number %s', async (number) => {
    expect((await agent().post('/api/v1/things').type('json').send(`{"name":"x","amount":${number}}`)).status).toBe(
      201,
    );
  });

  it('D11 a number in quotes is no number', async () => {
    expect((await agent().post('/api/v1/things').send({ name: 'x', amount: '1' })).status).toBe(400);
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
    const etag = headers['etag'] ?? '';
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
    const [, next = ''] = /^<([^>]+)>; rel="next"$/.exec(first.headers['link'] ?? '') ?? [];
    expect((await agent().get(next)).body).toEqual({ data: [1] });
    const stolen = next.replace('colour=red', 'colour=blue');
    expect((await agent().get(stolen)).status).toBe(400);
    const after = new URL(next, 'http://x').searchParams.get('after') ?? '';
    const forged = `${after.slice(0, -1)}${after.endsWith('A') ? 'Q' : 'A'}`;
    expect((await agent().get(`/api/v1/things?colour=red&after=${forged}`)).status).toBe(400);
  });
});

describe('the platform', () => {
  it.each(['/api/v1/things/a', '/api/v1/things/missing', '/api/v1/nothing', '/api/problems', '/api/anything'])(
    'N1 %s carries the protective headers',
    async (path) => {
      const { headers } = await agent().get(path);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'strict-transport-security': 'max-age=63072000; includeSubDomains',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-frame-options': 'DENY',
      });
      const csp = headers['content-security-policy'] ?? '';
      expect(csp).toContain("script-src 'self';");
      expect(csp).toContain("frame-ancestors 'none'");
      expect(csp).toContain("object-src 'none'");
      expect(csp).not.toMatch(/script-src[^;]*unsafe/);
      expect(headers['x-powered-by']).toBeUndefined();
    },
  );

  it.each([
    'null',
    'https://evil.example',
    'https://help.example.org.evil.example',
    'https://ally.example.com.evil.example',
    'http://help.example.org',
  ])('N2 the origin %s may neither read nor write', async (origin) => {
    const read = await agent().get('/api/v1/things/a').set('Origin', origin);
    expect(read.headers['access-control-allow-origin']).toBeUndefined();
    const preflight = await agent()
      .options('/api/v1/things')
      .set('Origin', origin)
      .set('Access-Control-Request-Method', 'POST');
    expect(preflight.headers['access-control-allow-origin']).toBeUndefined();
    const created = desk.doings.created.length;
    const write = await agent().post('/api/v1/things').set('Origin', origin).send({ name: 'x' });
    expect(write.status).toBe(403);
    expect(desk.doings.created).toHaveLength(created);
  });

  it('N2 our own and listed origins may', async () => {
    for (const origin of ['https://help.example.org', 'https://ally.example.com']) {
      expect((await agent().post('/api/v1/things').set('Origin', origin).send({ name: 'x' })).status).toBe(201);
    }
    const read = await agent().get('/api/v1/things/a').set('Origin', 'https://ally.example.com');
    expect(read.headers['access-control-allow-origin']).toBe('https://ally.example.com');
    expect(read.headers['access-control-allow-credentials']).toBeUndefined();
  });

  it.each([
    'evil.example',
    'help.example.org.evil.example',
    'evil.example:3000',
    '127.0.0.1.evil.example',
    'help.example.org@evil.example',
    'a b',
    '10.0.0.1',
  ])('N4 the host %s is refused', async (host) => {
    expect(await raw(`GET /api/v1/things/a HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 (?:421|400) /,
    );
  });

  it('N4 our own hosts are served, whatever a proxy header says', async () => {
    for (const host of ['help.example.org', '127.0.0.1:3000', 'localhost', '[::1]:3000']) {
      const answer = await raw(
        `GET /api/v1/things/a HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 200 /);
      expect(answer).not.toContain('evil.example');
    }
  });

  it('N4 an address with two slashes redirects nowhere', async () => {
    const answer = await raw('GET //evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer.toLowerCase()).not.toContain('\r\nlocation:');
  });

  it('N4 a request with two lengths is refused', async () => {
    const answer = await raw(
      'POST /api/v1/things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });
});
