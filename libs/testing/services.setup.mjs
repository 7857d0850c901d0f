import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedPostgres } from '../../tools/services/postgres.mjs';

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A real Postgres for the integration tests of one run, in a folder of its own that goes away with it. */
export default async function startServices() {
  const folder = mkdtempSync(join(tmpdir(), 'ledgerdesk-test-'));
  const port = await freePort();
  const postgres = embeddedPostgres({
    dataFolder: join(folder, 'postgres'),
    port,
    password: 'test',
    flags: ['-c', 'max_connections=300', '-c', 'unix_socket_directories='],
  });
  await postgres.initialise();
  await postgres.start();
  process.env.TEST_POSTGRES_URL = `postgres://postgres:test@127.0.0.1:${port}/postgres`;
  globalThis.stopTestServices = async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
