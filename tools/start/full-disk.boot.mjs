import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../services/free-port.mjs';
import { temporaryFolder } from '../services/temporary-services.mjs';
import { READY_MS, endAll, npmStart } from './npm-start.fixture.mjs';

let folder;
const started = [];
beforeAll(() => {
  folder = temporaryFolder('full-disk');
});
afterEach(() => endAll(started.splice(0)));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * A start whose data folder is a small disk of its own, in a mount namespace that nobody else sees and that ends with it. Who is
 * not root becomes root in a user namespace first.
 */
async function startOnDisk(megabytes) {
  const namespace = ['unshare', ...(process.getuid() === 0 ? [] : ['--map-root-user']), '--mount'];
  const mounted = `mount -t tmpfs -o size=${megabytes}m none "$0" && exec "$@"`;
  const desk = npmStart(['--data', join(folder, 'data'), '--port', String(await freePort())], {
    within: [...namespace, 'sh', '-c', mounted, folder],
  });
  started.push(desk);
  return desk;
}

describe('npm start on a full disk', () => {
  it(
    'says in one sentence what to do, and begins nothing',
    async () => {
      const desk = await startOnDisk(100);
      expect(await desk.exited).toBe(1);
      expect(desk.output().trim()).toBe(
        `The disk that holds ${join(folder, 'data')} is full (100 MB free): free at least 400 MB and start again.`,
      );
    },
    READY_MS,
  );
});
