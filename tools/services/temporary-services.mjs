import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.mjs';
import { embeddedPostgres } from './postgres.mjs';
import { embeddedRedis } from './redis.mjs';

/** A folder under the system's temporary one that the service user can pass through; desks of this process keep their state there. */
export function temporaryFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `ledgerdesk-${name}-`));
  chmodSync(folder, 0o711);
  // What a desk keeps apart from its data goes away with it too.
  process.env.XDG_STATE_HOME = join(folder, 'state');
  return folder;
}

/**
 * A Postgres and a Redis of their own for one run of tests or measurements, on free ports, in a folder that goes away with them.
 * @param {{ name: string, postgresFlags?: string[] }} options
 * @returns {Promise<{ folder: string, postgresUrl: string, redisUrl: string, stop: () => Promise<void> }>}
 */
export async function startTemporaryServices({ name, postgresFlags = [] }) {
  const folder = temporaryFolder(name);
  const postgres = embeddedPostgres({
    dataFolder: join(folder, 'postgres'),
    port: await freePort(),
    password: 'test',
    flags: postgresFlags,
  });
  const redis = embeddedRedis({ dataFolder: join(folder, 'redis'), port: await freePort(), password: 'test' });
  const stop = async () => {
    await Promise.all([postgres.stop(), redis.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await postgres.initialise();
    endWithUs(await Promise.all([postgres.start(), redis.start()]), folder);
  } catch (error) {
    await stop();
    throw error;
  }
  return { folder, postgresUrl: postgres.url(), redisUrl: redis.url, stop };
}

/** Whoever ends our process in the middle of its work must not have to look for what it has started. */
function endWithUs(children, folder) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
  process.once('exit', () => {
    for (const child of children) child.signal('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
}
