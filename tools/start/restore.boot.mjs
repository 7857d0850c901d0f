import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { session } from '../bench/session.mjs';
import { freePort } from '../services/free-port.mjs';
import { serviceHome } from '../services/places.mjs';
import { temporaryFolder } from '../services/temporary-services.mjs';
import { environmentOf } from './environment.mjs';
import { READY_MS, endAll, npmStart } from './npm-start.fixture.mjs';
import { keyFile, readSettings } from './settings.mjs';
import { inDatabaseOf, openTicket, typed } from './typed.fixture.mjs';

let folder;
let from;
let to;
const started = [];

beforeAll(() => {
  folder = temporaryFolder('restore');
  [from, to] = [join(folder, 'from'), join(folder, 'to')];
});
afterEach(() => endAll(started.splice(0)));
afterAll(() => {
  for (const data of [from, to]) rmSync(serviceHome(data), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

async function start(data, ...args) {
  const port = await freePort();
  const desk = npmStart(['--data', data, '--port', String(port), ...args]);
  started.push(desk);
  return { ...desk, url: `http://127.0.0.1:${port}` };
}

async function stop(desk) {
  desk.child.kill('SIGINT');
  expect(await desk.exited).toBe(0);
}

const ledgerOf = (data) =>
  inDatabaseOf(data, async (client) => {
    const { rows } = await client.query(
      'select global_position, stream, revision, id, data, metadata from events order by 1',
    );
    return rows;
  });

describe('a backup of a desk that npm start has started', () => {
  it(
    'M1 comes back on an empty machine with the same ledger, the same screens, and numbers that go on; also after a kill',
    async () => {
      const old = await start(from);
      await old.says('Ledgerdesk is ready');
      const before = await openTicket(await session(old.url, 'agent@demo.test'), 'Before the backup');
      const taken = await typed(from, 'backup', '--out', join(folder, 'states'), '--keys-out', join(folder, 'keys'));
      expect(taken).toMatch(/\d+ rows, \d+ events up to position \d+, as of /);
      const ledger = await ledgerOf(from);
      await stop(old);

      const [state] = readdirSync(join(folder, 'states'));
      const [keys] = readdirSync(join(folder, 'keys'));
      const restore = ['--restore', join(folder, 'states', state), '--keys', join(folder, 'keys', keys)];
      mkdirSync(to, { mode: 0o711 });
      copyFileSync(keyFile(from), keyFile(to));

      const killed = await start(to, ...restore);
      await killed.says('Restoring the backup');
      await untilRestoring(to);
      process.kill(-killed.child.pid, 'SIGKILL');
      await killed.exited;

      const fresh = await start(to, ...restore);
      await fresh.says('Ledgerdesk is ready');
      expect(await ledgerOf(to)).toEqual(ledger);
      const agent = await session(fresh.url, 'agent@demo.test');
      const shown = await (await agent.call(`/tickets/${before.id}`)).json();
      expect(shown).toMatchObject({ number: before.number, subject: 'Before the backup' });
      const after = await openTicket(agent, 'After the restore');
      expect(after.number).toBeGreaterThan(before.number);
      await stop(fresh);

      const again = await start(to, ...restore);
      expect(await again.exited).toBe(1);
      expect(again.output()).toContain('restore into an empty one');
    },
    3 * READY_MS,
  );
});

/** Waits until the restore has something to lose. */
async function untilRestoring(data) {
  for (;;) {
    const settings = readSettings(data);
    const client = new pg.Client({ connectionString: environmentOf(data, settings ?? {}).DATABASE_URL });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query(`select to_regclass('events') is not null as there`);
      if (rows[0].there) return;
    } catch {
      await delay(10);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
