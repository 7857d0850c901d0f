import { randomBytes, randomUUID } from 'node:crypto';
import type { RequestLimits } from '@ledgerdesk/config';
import { createTestDatabase, eventually, present, type TestDatabase } from '@ledgerdesk/testing';
import { httpMigrations } from '../index.js';
import { probe } from '../probe.fixture.js';
import { type Asking, Nodes, type NodesOptions } from './spec/nodes.js';

let database: TestDatabase;
let nodes: Nodes | undefined;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: httpMigrations, projections: [] });
}, 60_000);

afterEach(async () => {
  await nodes?.stop();
  nodes = undefined;
});

afterAll(async () => {
  await database.drop();
});

async function start(limits: Partial<RequestLimits>, options?: NodesOptions): Promise<Nodes> {
  nodes = await Nodes.start(database, limits, options);
  return nodes;
}

/** A member of the same workspace for each request. */
const colleagues = (i: number): Asking => ({ member: `m${String(i)}` });
/** A member of another workspace for each request. */
const strangers = (i: number): Asking => ({ workspace: `44444444-4444-4444-8444-${String(i).padStart(12, '0')}` });
const perHour = (quota: number): { quota: number; seconds: number } => ({ quota, seconds: 3_600 });
const perMinute = (quota: number): { quota: number; seconds: number } => ({ quota, seconds: 60 });

describe('budgets of requests', () => {
  it.each([
    ['member', () => ({})],
    ['workspace', colleagues],
    ['address', strangers],
  ] as const)('F1 two nodes together give a %s its quota and not one more', async (budget, asking) => {
    const both = await start({ [budget]: perMinute(40) }, { count: 2 });
    expect(await both.flood(120, asking)).toEqual({ 200: 40, 429: 80 });
    expect(both.logged('alone')).toBe(0);
  });

  it('F1 two nodes together give an API key its quota, which is not that of its member', async () => {
    const both = await start({ key: perMinute(20), member: perMinute(30) }, { count: 2 });
    expect(await both.flood(60, () => ({ member: 'm1/k1' }))).toEqual({ 200: 20, 429: 40 });
    expect(await both.flood(30, () => ({ member: 'm1/k2' }))).toEqual({ 200: 20, 429: 10 });
    expect(await both.flood(60, () => ({ member: 'm1' }))).toEqual({ 200: 30, 429: 30 });
  });

  it('F2 many API keys take from the one budget of their workspace', async () => {
    const node = await start({ key: perMinute(10), workspace: perMinute(25) });
    expect(await node.flood(100, (i) => ({ member: `m1/k${String(i)}` }))).toEqual({ 200: 25, 429: 75 });
  });

  it('F2 requests over many routes take from one budget', async () => {
    const both = await start({ workspace: perMinute(30) }, { count: 2 });
    const routes = ['things/a', 'things', 'things?colour=red', 'things/b', 'things/c'];
    const answers = await both.flood(100, (i) => ({
      path: present(routes[i % routes.length]),
      member: `m${String(i)}`,
    }));
    expect(answers).toEqual({ 200: 30, 429: 70 });
  });

  it('F2 who is refused takes nothing from the budget of the workspace', async () => {
    const node = await start({ member: perMinute(5), workspace: perMinute(20) });
    expect(await node.flood(100, () => ({ member: 'noisy' }))).toEqual({ 200: 5, 429: 95 });
    expect(await node.flood(30, colleagues)).toEqual({ 200: 15, 429: 15 });
  });

  it('F4 a refusal says what is used up and when to come again, and then the same request is taken', async () => {
    const node = await start({ member: { quota: 2, seconds: 2 } });
    const create = { path: 'things', body: { name: 'x' }, headers: { 'Idempotency-Key': 'once' } };
    await node.ask({ ...create, member: 'somebody else, to warm up' });
    await node.ask();
    const last = await node.ask();
    expect(last.headers.get('RateLimit-Policy')).toBe(
      '"address";q=1000000;w=60, "member";q=2;w=2, "workspace";q=1000000;w=60',
    );
    expect(last.headers.get('RateLimit')).toMatch(
      /^"address";r=999997;t=\d+, "member";r=0;t=[123], "workspace";r=999997;t=\d+$/,
    );
    const refused = await node.ask(create);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8');
    expect(refused.headers.get('RateLimit')).toMatch(/"member";r=0;t=[123]/);
    const wait = /^[123]$/.exec(refused.headers.get('Retry-After') ?? '')?.[0];
    expect(await refused.json()).toMatchObject({
      code: 'request.too-many',
      status: 429,
      detail: `You have sent too many requests. Wait ${String(wait)} s and send the request again.`,
    });
    await eventually(async () => {
      expect((await node.ask(create)).status).toBe(201);
    });
  });

  it('F5 a noisy workspace takes nothing from the budget of another', async () => {
    const both = await start({ workspace: perMinute(50) }, { count: 2 });
    const noise = both.flood(300, colleagues);
    const other = '33333333-3333-4333-8333-333333333333';
    expect(await both.flood(50, () => ({ workspace: other }))).toEqual({ 200: 50 });
    expect(await noise).toEqual({ 200: 50, 429: 250 });
  });

  it('F6 an address that anybody may write into a header gives no new budget', async () => {
    const node = await start({ address: perMinute(10) });
    const spoofed = (i: number): { headers: Record<string, string> } => ({
      headers: { 'X-Forwarded-For': `198.51.100.${String(i)}` },
    });
    expect(await node.flood(30, spoofed)).toEqual({ 200: 10, 429: 20 });
    expect(node.logged('TRUSTED_PROXIES')).toBe(1);
  });

  it('F6 behind a trusted proxy each network has its budget, and what was written before the proxy counts for nothing', async () => {
    const node = await start({ address: perMinute(3) }, { http: { trustedProxies: ['loopback'] } });
    const from = (address: string) => ({ headers: { 'X-Forwarded-For': address } });
    expect(await node.flood(6, (i) => from(`203.0.113.${String(i)}, 192.0.2.1`))).toEqual({ 200: 3, 429: 3 });
    expect(await node.flood(6, (i) => from(`2001:db8:1:2::${String(i)}`))).toEqual({ 200: 3, 429: 3 });
    expect(await node.flood(3, () => from('192.0.2.2'))).toEqual({ 200: 3 });
    expect(node.logged('TRUSTED_PROXIES')).toBe(0);
  });

  it('requests with a wrong token or a wrong address use up the budget of their network, and are then refused unread', async () => {
    const node = await start({ address: perMinute(20) });
    const bad = [
      { headers: { Authorization: 'Bearer wrong' } },
      { path: 'nothing' },
      { headers: { Authorization: 'Bearer wrong' }, path: 'things' },
    ];
    await eventually(async () => {
      const refused = await Promise.all(bad.map((asking) => node.ask(asking)));
      expect(refused.map(({ status }) => status)).toEqual([429, 429, 429]);
    });
    expect((await node.ask()).status).toBe(429);
  });

  it('F11 nodes whose clocks are two minutes apart count together all the same', async () => {
    const both = await start({ member: perMinute(40) }, { count: 2 });
    const now = Date.now;
    let asked = 0;
    const clocks = jest.spyOn(Date, 'now').mockImplementation(() => now() + (asked++ % 2 === 0 ? 60_000 : -60_000));
    const answers = await both
      .flood(120, () => ({}))
      .finally(() => {
        clocks.mockRestore();
      });
    expect(answers).toEqual({ 200: 40, 429: 80 });
  });

  it('F12 a changed limit holds as soon as a process has started with it: what was taken before still counts', async () => {
    const same = { installationKey: randomBytes(32) };
    const workspace = randomUUID();
    const generous = await start({ member: perHour(40) }, same);
    expect(await generous.flood(30, () => ({ workspace }))).toEqual({ 200: 30 });
    await generous.stop();
    const strict = await start({ member: perHour(20) }, same);
    expect(await strict.flood(5, () => ({ workspace }))).toEqual({ 429: 5 });
    await strict.stop();
    const wide = await start({ member: perHour(50) }, same);
    expect(await wide.flood(30, () => ({ workspace }))).toEqual({ 200: 20, 429: 10 });
  });

  it('says nothing and counts nobody where limits are off', async () => {
    const open = await probe(database);
    const { port } = open.app.getHttpServer().address() as { port: number };
    const { status, headers } = await fetch(`http://127.0.0.1:${String(port)}/api/v1/things/a`);
    expect([status, headers.get('RateLimit'), headers.get('RateLimit-Policy')]).toEqual([200, null, null]);
    await open.app.close();
  });
});

describe('costly requests', () => {
  it('F7 have a budget of their own, beside that of all requests', async () => {
    const node = await start({ search: perMinute(5) });
    const answer = await node.ask({ path: 'things?colour=red' });
    expect(answer.headers.get('RateLimit-Policy')).toContain('"search";q=5;w=60');
    expect(await node.flood(20, () => ({ path: 'things?colour=red' }))).toEqual({ 200: 4, 429: 16 });
    expect(await node.flood(20, () => ({ path: 'things' }))).toEqual({ 200: 20 });
  });

  it('F7 do not pile up: a workspace has six under way in a process, and one that was given up makes room', async () => {
    const node = await start({});
    const { doings } = present(node.probes[0]);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    doings.gate = promise;
    const search = (more: Asking = {}): Promise<Response> => node.ask({ path: 'things?colour=red', ...more });
    const impatient = new AbortController();
    const givenUp = search({ signal: impatient.signal });
    const waiting = Array.from({ length: 5 }, () => search());
    await eventually(() => {
      expect(doings.listed).toBe(6);
    });
    const refused = await search();
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '1']);
    expect((await node.ask()).status).toBe(200);
    waiting.push(search({ workspace: '33333333-3333-4333-8333-333333333333' }));
    await eventually(() => {
      expect(doings.listed).toBe(7);
    });
    impatient.abort();
    await expect(givenUp).rejects.toThrow();
    await eventually(() => {
      waiting.push(search());
      expect(doings.listed).toBe(8);
    });
    resolve(undefined);
    const statuses = (await Promise.all(waiting)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(7);
    expect(statuses.every((status) => status === 200 || status === 429)).toBe(true);
  });
});
