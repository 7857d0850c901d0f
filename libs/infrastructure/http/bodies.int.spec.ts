import { brotliCompressSync, gzipSync } from 'node:zlib';
import request from 'supertest';
import { createTestDatabase, type TestDatabase } from '@ledgerdesk/testing';
import { httpMigrations } from './index.js';
import { type Probe, probe } from './probe.fixture.js';
import { raw } from './raw-request.fixture.js';

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

function rawPost(body: Buffer | string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const bytes = Buffer.from(body);
  const lines = Object.entries({
    Host: '127.0.0.1',
    'Content-Type': 'application/json',
    'Content-Length': String(bytes.length),
    Connection: 'close',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return raw(desk, `POST /api/v1/things HTTP/1.1\r\n${lines.join('')}\r\n`, bytes);
}

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
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
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
    expect(await raw(desk, head, chunk, chunk)).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('D7 a body that is announced too large is refused before it comes', async () => {
    const head =
      'POST /api/v1/things HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 102401\r\n\r\n';
    expect(await raw(desk, head, '{')).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('D7 compressed bodies are refused unread', async () => {
    const text = JSON.stringify({ name: 'x' });
    expect(await rawPost(gzipSync(text), { 'Content-Encoding': 'gzip' })).toMatch(/^HTTP\/1\.1 415 /);
    expect(await rawPost(brotliCompressSync(text), { 'Content-Encoding': 'br' })).toMatch(/^HTTP\/1\.1 415 /);
  });

  it('D7 a body that trickles in is cut off', async () => {
    const head =
      'POST /api/v1/things HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n';
    expect(await raw(desk, head, '{"na')).toMatch(/^HTTP\/1\.1 408 .*request\.timeout/s);
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
