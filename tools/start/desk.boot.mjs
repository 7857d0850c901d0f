import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../services/free-port.mjs';
import { serviceHome } from '../services/places.mjs';
import { temporaryFolder } from '../services/temporary-services.mjs';
import { environmentOf } from './environment.mjs';
import { runningDesk } from './lock.mjs';
import { READY_MS, endAll, isAlive, npmStart } from './npm-start.fixture.mjs';
import { readSettings } from './settings.mjs';

let folder;
let port;
const started = [];

beforeAll(async () => {
  folder = temporaryFolder('boot');
  port = await freePort();
});
afterEach(() => endAll(started.splice(0)));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(serviceHome(folder), { recursive: true, force: true });
});

function start(...args) {
  const desk = npmStart(['--data', folder, '--port', String(port), ...args]);
  started.push(desk);
  return desk;
}

const everyone = () => {
  const { pid, children } = runningDesk(folder);
  return [pid, ...children.map((child) => child.pid)];
};

describe('npm start', () => {
  it(
    'brings up a desk, refuses a second one, and leaves nothing behind',
    async () => {
      const desk = start();
      await desk.says('Ledgerdesk is ready');
      const pids = everyone();
      expect(pids).toHaveLength(5);

      const ready = await fetch(`http://127.0.0.1:${port}/api/health/ready`);
      expect(ready.status).toBe(200);
      expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toContain('<!doctype html>');
      expect(
        listenersOutsideLoopback([
          port,
          ...['postgresPort', 'redisPort', 'mailPort'].map((name) => readSettings(folder)[name]),
        ]),
      ).toEqual([]);

      const second = start();
      expect(await second.exited).toBe(1);
      expect(second.output()).toContain(`already runs here on http://localhost:${port}`);

      desk.child.kill('SIGINT');
      expect(await desk.exited).toBe(0);
      expect(pids.filter(isAlive)).toEqual([]);
      expect(runningDesk(folder)).toBeUndefined();
    },
    READY_MS,
  );

  it(
    'A17 opens no connection that could pass by row level security, is ready again in 8 s, and ends at once when asked twice',
    async () => {
      const began = Date.now();
      const desk = start();
      await desk.says('Ledgerdesk is ready');
      const seconds = (Date.now() - began) / 1_000;

      const roles = await rolesInUse();
      expect(roles.map(({ rolname }) => rolname).sort()).toEqual(['ld_app', 'ld_project']);
      for (const role of roles) expect(role).toMatchObject({ rolsuper: false, rolbypassrls: false, tables: '0' });

      const pids = everyone();
      process.kill(-desk.child.pid, 'SIGINT');
      process.kill(-desk.child.pid, 'SIGINT');
      await desk.exited;
      expect(pids.filter(isAlive)).toEqual([]);
      expect(seconds).toBeLessThan(8);
    },
    READY_MS,
  );

  it(
    'cleans up after a desk that was killed',
    async () => {
      const killed = start();
      await killed.says('Ledgerdesk is ready');
      const pids = everyone();
      process.kill(-killed.child.pid, 'SIGKILL');
      await killed.exited;

      const desk = start();
      await desk.says('Ledgerdesk is ready');
      expect(pids.filter(isAlive)).toEqual([]);
      desk.child.kill('SIGTERM');
      expect(await desk.exited).toBe(0);
    },
    READY_MS,
  );

  it(
    'leaves nothing behind when it is stopped while starting',
    async () => {
      rmSync(join(folder, 'prepared.json'));
      const desk = start();
      await desk.says('Preparing the database');
      const pids = everyone();
      desk.child.kill('SIGINT');
      await desk.exited;
      expect(pids.filter(isAlive)).toEqual([]);
      expect(runningDesk(folder)).toBeUndefined();
    },
    READY_MS,
  );

  it(
    'says in one sentence what to do about a broken data folder',
    async () => {
      writeFileSync(join(serviceHome(folder), 'postgres', 'postgresql.conf'), 'nonsense\n');
      const desk = start();
      expect(await desk.exited).toBe(1);
      expect(desk.output()).toMatch(/The data in .* could not be opened .*--reset/);
      const again = start('--reset', '--no-demo');
      await again.says('Ledgerdesk is ready');
      await again.says('create-workspace');
      again.child.kill('SIGTERM');
      expect(await again.exited).toBe(0);
    },
    READY_MS,
  );
});

/** Local addresses, other than those of the loopback, on which one of the ports is open. */
function listenersOutsideLoopback(ports) {
  return ['/proc/net/tcp', '/proc/net/tcp6']
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local = '', , state]) => state === '0A' && ports.includes(Number.parseInt(local.split(':')[1], 16)))
    .map(([, local]) => local.split(':')[0])
    .filter((address) => address !== '0100007F' && address !== '00000000000000000000000001000000');
}

/** Roles of the connections that the api and the worker hold, with how many tables each owns. */
async function rolesInUse() {
  const client = new pg.Client({ connectionString: environmentOf(folder, readSettings(folder)).DATABASE_URL });
  await client.connect();
  try {
    const { rows } = await client.query(`
      select r.rolname, r.rolsuper, r.rolbypassrls, (select count(*) from pg_class c where c.relowner = r.oid) as tables
      from pg_roles r
      where r.oid in (select usesysid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid())`);
    return rows;
  } finally {
    await client.end();
  }
}
