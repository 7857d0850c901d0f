import { randomUUID } from 'node:crypto';
import { createTestDatabase, eventually, present, type TestDatabase } from '@ledgerdesk/testing';
import { httpMigrations } from '../index.js';
import { Nodes } from './spec/nodes.js';
import { SharedBudgets } from './shared-budgets.js';
import { RedisLine } from './spec/redis-line.js';

let database: TestDatabase;
let line: RedisLine;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: httpMigrations, projections: [] });
}, 60_000);

beforeEach(async () => {
  line = await RedisLine.to(present(process.env.TEST_REDIS_URL));
});

afterEach(async () => {
  await line.cut();
});

afterAll(async () => {
  await database.drop();
});

const limits = { member: { quota: 20, seconds: 60 } };

describe('budgets without Redis', () => {
  it.each([
    ['is cut off', () => line.cut()],
    [
      'does not answer any more',
      () => {
        line.silence();
        return Promise.resolve();
      },
    ],
  ])('F3 when Redis %s each process counts for itself, and together again when it is back', async (_, goAway) => {
    const both = await Nodes.start(database, limits, { count: 2, redisUrl: line.url });
    expect(await both.flood(30, () => ({ member: 'before' }))).toEqual({ 200: 20, 429: 10 });
    await goAway();
    expect(await both.flood(100, () => ({ member: 'meanwhile' }))).toEqual({ 200: 40, 429: 60 });
    expect(both.logged('counted by this process alone')).toBe(2);
    await line.mend();
    await eventually(async () => {
      await both.flood(2, () => ({ member: randomUUID() }));
      expect(both.logged('together again')).toBe(2);
    });
    expect(await both.flood(60, () => ({ member: 'after' }))).toEqual({ 200: 20, 429: 40 });
    await both.stop();
  });

  it('F3 nobody waits for a Redis that is silent, except one now and then', async () => {
    const node = await Nodes.start(database, { member: { quota: 1_000, seconds: 60 } }, { redisUrl: line.url });
    line.silence();
    const began = performance.now();
    for (let i = 0; i < 200; i += 1) expect((await node.ask()).status).toBe(200);
    // Had each of them waited for its answer, it would be fifty seconds.
    expect(performance.now() - began).toBeLessThan(20_000);
    await line.mend();
    await node.stop();
  });

  it('F3 a Redis that is too slow is tried by one request a second, not by all that come', async () => {
    const shared = new SharedBudgets(line.url, { lost: () => undefined, found: () => undefined });
    await shared.onApplicationBootstrap();
    const policy = { name: 'member', quota: 1_000, seconds: 60, complaint: 'Too many.' };
    const crowd = (): Promise<unknown[]> =>
      Promise.all(Array.from({ length: 20 }, () => shared.take([{ policy, key: `ledgerdesk:limit:${randomUUID()}` }])));
    expect(await crowd()).not.toContain(undefined);
    line.slow(400);
    expect(await crowd()).toEqual(Array.from({ length: 20 }, () => undefined));
    const before = line.asked;
    await eventually(async () => {
      await crowd();
      expect(line.asked).toBeGreaterThan(before);
    });
    expect(line.asked).toBe(before + 1);
    shared.onApplicationShutdown();
  });

  it('F3 a process starts and answers while Redis is silent', async () => {
    line.silence();
    const node = await Nodes.start(database, limits, { redisUrl: line.url });
    expect(await node.flood(30, () => ({}))).toEqual({ 200: 20, 429: 10 });
    await line.mend();
    await node.stop();
  });
});
