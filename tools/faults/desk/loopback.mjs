import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { checkout } from '../../services/places.mjs';

/**
 * An EventStoreDB over the loopback address, in memory: a process that can be told to disturb its clients.
 * @param {string} folder
 */
export async function loopbackEventStore(folder) {
  const log = openSync(join(folder, 'logs', 'event-store.log'), 'a', 0o600);
  const child = spawn(process.execPath, [join(checkout, 'libs/testing/eventstoredb/serve.mjs')], {
    cwd: checkout,
    stdio: ['pipe', 'pipe', log],
  });
  closeSync(log);
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const words = createInterface({ input: child.stdout });
  const line = new Promise((resolve) => words.once('line', resolve));
  const first = await Promise.race([line, exited.then(() => undefined)]);
  if (first === undefined) throw new Error('The loopback EventStoreDB did not start; see event-store.log.');
  const { url, controls } = JSON.parse(first);
  let trouble = 0;
  return {
    url,
    lastTrouble: () => trouble,
    /** @param {'cut' | 'refuse' | 'recover' | 'lose-request' | 'lose-answer'} what */
    async disturb(what) {
      trouble = Date.now();
      await fetch(`${controls}/${what}`, { method: 'POST' });
    },
    abandon: () => child.kill('SIGKILL'),
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}
