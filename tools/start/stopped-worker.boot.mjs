import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { session } from '../bench/session.mjs';
import { freePort } from '../services/free-port.mjs';
import { checkout, serviceHome } from '../services/places.mjs';
import { startProcess } from '../services/service-process.mjs';
import { temporaryFolder } from '../services/temporary-services.mjs';
import { startDesk } from './desk.mjs';
import { runningDesk } from './lock.mjs';

const PATIENCE_MS = 60_000;
const WORKER = 'dist/apps/worker/apps/worker/src/main.js';

let folder;
let desk;
let admin;
let agent;
/** The worker of `npm start`, which is stopped and goes on again and again. */
let first;
let second;
/** Positions up to which the inbox was committed, in the order of the commits, whoever committed them. */
const committed = [];

beforeAll(async () => {
  folder = temporaryFolder('stopped');
  desk = await startDesk({ dataFolder: folder, port: await freePort() }, { step: (_, work) => work() });
  first = runningDesk(folder).children.find(({ pid }) => commandOf(pid).includes(WORKER)).pid;
  agent = await session(desk.url, 'agent@demo.test');
  admin = new pg.Client({ connectionString: desk.environment.DATABASE_URL });
  await admin.connect();
  admin.on('notification', ({ payload = '' }) => {
    const [consumer, position] = payload.split(' ');
    if (consumer === 'inbox') committed.push(BigInt(position));
  });
  await admin.query('listen ld_progress');
}, 120_000);

afterEach(async () => {
  process.kill(first, 'SIGCONT');
  await second?.stop();
});

afterAll(async () => {
  await admin?.end();
  await desk?.stop();
  rmSync(serviceHome(folder), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

const commandOf = (pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8');

/** Waits until `ask` gives something. */
async function eventually(ask) {
  for (const end = Date.now() + PATIENCE_MS; ;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`It never came about that ${ask}`);
    await delay(25);
  }
}

async function one(text, values = []) {
  const { rows } = await admin.query(text, values);
  return rows[0];
}

async function openTicket() {
  const answer = await agent.call('/tickets', {
    method: 'POST',
    headers: { 'idempotency-key': randomUUID() },
    body: JSON.stringify({
      subject: 'Stopped',
      body: 'Who folds this?',
      requester: { email: 'kim@example.com', name: 'Kim' },
    }),
  });
  expect(answer.status).toBe(201);
  return (await answer.json()).id;
}

/** Opens a ticket and waits until the inbox shows it. */
async function seen() {
  const id = await openTicket();
  await eventually(() => one('select 1 from inbox where id = $1', [id]));
  return id;
}

const ownerOfInbox = async () => (await one(`select owner from ledger_checkpoint where name = 'inbox'`)).owner;

/** Stops the worker between two pages. */
async function stopAtRest() {
  await seen();
  process.kill(first, 'SIGSTOP');
  return openTicket();
}

/** Stops the worker when it has moved the checkpoint and written its rows, and has not committed. */
async function stopWithAPageOpen() {
  const { version } = await one(`select version from ledger_checkpoint where name = 'inbox'`);
  const holder = new pg.Client({ connectionString: desk.environment.DATABASE_URL });
  await holder.connect();
  await holder.query(`begin; lock table inbox_v${version} in share mode`);
  const id = await openTicket();
  const { pid } = await eventually(() =>
    one(`select pid from pg_locks where relation = 'inbox_v${version}'::regclass and not granted`),
  );
  process.kill(first, 'SIGSTOP');
  await holder.end();
  await eventually(() => one(`select 1 from pg_stat_activity where pid = $1 and state = 'idle in transaction'`, [pid]));
  return id;
}

/** Two things hold a stopped worker back: it learns that the lease is gone, and its checkpoint does not move. This fails without both. */
describe('L10 a worker that is stopped', () => {
  it.each([
    ['at rest', stopAtRest],
    ['with a page open', stopWithAPageOpen],
  ])(
    '%s loses its read models to another one, commits nothing afterwards, and goes on when it is needed',
    async (_, stop) => {
      const owner = await ownerOfInbox();
      const waiting = await stop();
      expect(await one('select 1 from inbox where id = $1', [waiting])).toBeUndefined();

      second = startProcess({
        name: 'The second worker',
        command: process.execPath,
        args: [join(checkout, WORKER)],
        env: desk.environment,
        cwd: checkout,
        logFile: join(folder, 'logs', 'second-worker.log'),
      });
      await eventually(() => one('select 1 from inbox where id = $1', [waiting]));
      const successor = await ownerOfInbox();
      expect(successor).not.toBe(owner);
      await seen();

      process.kill(first, 'SIGCONT');
      for (let ticket = 0; ticket < 5; ticket += 1) await seen();
      expect(await ownerOfInbox()).toBe(successor);
      expect(committed).toEqual([...new Set(committed)].sort((a, b) => (a < b ? -1 : 1)));

      await second.stop();
      await seen();
      expect(await ownerOfInbox()).toBe(owner);
    },
    3 * PATIENCE_MS,
  );
});
