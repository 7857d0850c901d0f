import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { session } from '../bench/session.mjs';
import { freePort } from '../services/free-port.mjs';
import { startTemporaryServices, temporaryFolder } from '../services/temporary-services.mjs';
import { runningDesk } from './lock.mjs';
import { READY_MS, endAll, npmStart } from './npm-start.fixture.mjs';

let folder;
let services;
let port;
const started = [];

beforeAll(async () => {
  folder = temporaryFolder('own-services');
  services = await startTemporaryServices({ name: 'own-services' });
  port = await freePort();
}, READY_MS);
afterEach(() => endAll(started.splice(0)));
afterAll(async () => {
  await services?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function start(env) {
  const desk = npmStart(['--data', folder, '--port', String(port)], { env });
  started.push(desk);
  return desk;
}

const own = () => ({ DATABASE_URL: services.postgresUrl, REDIS_URL: services.redisUrl });

async function query(text) {
  const client = new pg.Client({ connectionString: services.postgresUrl });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

describe('npm start with DATABASE_URL and REDIS_URL', () => {
  it(
    'starts no services, works in those that were named, and leaves them running',
    async () => {
      const desk = start(own());
      await desk.says('Ledgerdesk is ready');
      expect(desk.output()).not.toMatch(/Starting (?:Postgres|Redis)/);
      expect(runningDesk(folder).children).toHaveLength(2);

      const agent = await session(`http://127.0.0.1:${port}`, 'agent@demo.test');
      const opened = await agent.call('/tickets', {
        method: 'POST',
        headers: { 'idempotency-key': randomUUID() },
        body: JSON.stringify({
          subject: 'On a server of our own',
          body: 'Where does this stand?',
          requester: { email: 'kim@example.com', name: 'Kim' },
        }),
      });
      expect(opened.status).toBe(201);
      const { id } = await opened.json();
      for (const end = Date.now() + 30_000; (await query(`select 1 from inbox where id = '${id}'`)).length === 0;) {
        if (Date.now() > end) throw new Error('The worker has not shown the ticket.');
        await delay(25);
      }

      desk.child.kill('SIGINT');
      expect(await desk.exited).toBe(0);
      expect(await query(`select count(*)::int as events from events where stream like '%${id}'`)).toEqual([
        { events: 1 },
      ]);
    },
    READY_MS,
  );

  it.each([
    ['DATABASE_URL', () => ({ ...own(), DATABASE_URL: 'postgres://127.0.0.1:1/nowhere' })],
    ['REDIS_URL', () => ({ ...own(), REDIS_URL: 'redis://127.0.0.1:1' })],
  ])(
    'says in one sentence that nothing answers at %s',
    async (name, env) => {
      const desk = start(env());
      expect(await desk.exited).toBe(1);
      const said = desk.output().trim().split('\n').at(-1);
      expect(said).toMatch(new RegExp(`^Nothing answers at ${name} \\(127\\.0\\.0\\.1:1\\): .+\\.$`));
      expect(runningDesk(folder)).toBeUndefined();
    },
    READY_MS,
  );
});
