import request from 'supertest';
import { createTestDatabase, type TestDatabase } from '@ledgerdesk/testing';
import { httpMigrations } from './index.js';
import { type Probe, probe } from './probe.fixture.js';
import { raw } from './raw-request.fixture.js';

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
      expect(csp).not.toMatch(/unsafe|\*|https?:/);
      expect(headers['x-powered-by']).toBeUndefined();
    },
  );

  it('N1 inline styles carry a word that is another one in every answer', async () => {
    const wordsOf = async (path: string): Promise<readonly (string | undefined)[]> => {
      const { headers, text } = await agent().get(path);
      const allowed = /style-src 'self' 'nonce-([^']+)';/.exec(headers['content-security-policy'] ?? '')?.[1];
      return [allowed, /<style nonce="([^"]+)">/.exec(text)?.[1]];
    };
    const [first, second] = [await wordsOf('/api/problems'), await wordsOf('/api/problems/request.invalid')];
    expect(first[0]).toMatch(/^[\w+/]{24}$/);
    expect(first[1]).toBe(first[0]);
    expect(second[1]).toBe(second[0]);
    expect(second[0]).not.toBe(first[0]);
    const { headers } = await agent().get('/api/v1/things/a');
    expect(headers['content-security-policy']).toContain("style-src 'self';");
  });

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

  it.each(['cross-site', 'same-site'])(
    'N3 a browser that says %s may not write, even without an origin',
    async (site) => {
      const write = agent().post('/api/v1/things').set('Sec-Fetch-Site', site).send({ name: 'x' });
      expect((await write).status).toBe(403);
      expect((await agent().get('/api/v1/things/a').set('Sec-Fetch-Site', site)).status).toBe(200);
    },
  );

  it.each(['same-origin', 'none'])('N3 a browser that says %s may, and so may a listed origin', async (site) => {
    const write = agent().post('/api/v1/things').set('Sec-Fetch-Site', site).send({ name: 'x' });
    expect((await write).status).toBe(201);
    const ally = agent()
      .post('/api/v1/things')
      .set({ 'Sec-Fetch-Site': 'cross-site', Origin: 'https://ally.example.com' });
    expect((await ally.send({ name: 'x' })).status).toBe(201);
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
    expect(await raw(desk, `GET /api/v1/things/a HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 (?:421|400) /,
    );
  });

  it('N4 our own hosts are served, whatever a proxy header says', async () => {
    for (const host of ['help.example.org', '127.0.0.1:3000', 'localhost', '[::1]:3000']) {
      const answer = await raw(
        desk,
        `GET /api/v1/things/a HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 200 /);
      expect(answer).not.toContain('evil.example');
    }
  });

  it('N4 an address with two slashes redirects nowhere', async () => {
    const answer = await raw(desk, 'GET //evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer.toLowerCase()).not.toContain('\r\nlocation:');
  });

  const SMUGGLED =
    'POST /api/v1/things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{"name":"x"}';

  // What one server ends at one byte and another at a later one: the rest would be a request of nobody.
  it.each([
    ['two lengths of different kinds', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['two lengths that differ', 'Content-Length: 0\r\nContent-Length: 5\r\n\r\n'],
    ['a length that is no number', 'Content-Length: +0\r\n\r\n'],
    ['chunks under another name first', 'Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n'],
    ['chunks named with a space', 'Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n'],
    ['a chunk of no number', 'Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n0\r\n\r\n'],
    ['a header that goes on in the next line', 'X-A: b\r\n c: d\r\nContent-Length : 0\r\n\r\n'],
  ])('N4 a request with %s is refused, and nothing behind it is done', async (_, rest) => {
    const created = desk.doings.created.length;
    const head = 'POST /api/v1/things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
    const answer = await raw(desk, `${head}${rest}${SMUGGLED}`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(desk.doings.created).toHaveLength(created);
  });
});

describe('stopping', () => {
  it('L3 finishes what is in flight, takes nothing new, and does not wait for idle connections', async () => {
    const leaving = await probe(database);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    leaving.doings.gate = promise;
    const body = '{"name":"x"}';
    const head = `Host: localhost\r\nContent-Type: application/json\r\nContent-Length: ${String(body.length)}\r\n`;
    const inFlight = raw(leaving, `POST /api/v1/things HTTP/1.1\r\n${head}\r\n${body}`);
    while (!leaving.lines.some((line) => line.includes('health'))) {
      await request(leaving.app.getHttpServer()).get('/api/v1/health');
    }
    const { port } = leaving.app.getHttpServer().address() as { port: number };
    const closed = leaving.app.close();
    await expect(fetch(`http://127.0.0.1:${String(port)}/api/v1/things/a`)).rejects.toThrow();
    resolve(undefined);
    expect(await inFlight).toMatch(/^HTTP\/1\.1 201 /);
    await closed;
    expect(leaving.doings.created).toHaveLength(1);
  });
});
