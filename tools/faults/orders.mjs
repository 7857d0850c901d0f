import { fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Starts a process of the harness that carries out orders, each of which has an answer.
 * @param {{ script: string, folder: string, name: string, args?: string[], env?: Record<string, string | undefined> }} options
 */
export function processWithOrders({ script, folder, name, args = [], env = process.env }) {
  const log = openSync(join(folder, 'logs', `${name}.log`), 'a', 0o600);
  const child = fork(script, args, { env, stdio: ['ignore', log, log, 'ipc'] });
  closeSync(log);
  const waiting = new Map();
  let count = 0;
  const exited = new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      for (const { reject } of waiting.values())
        reject(new Error(`The ${name} has ended (${signal ?? code}): see its log.`));
      resolve();
    });
  });
  child.on('message', ({ id, value, error }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(value);
    else reject(new Error(`The ${name} failed: ${error}`));
  });
  return {
    /** @returns {Promise<any>} what the order answers */
    order(what, value) {
      count += 1;
      const id = count;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        child.send({ id, what, value });
      });
    },
    async end() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

/**
 * The other side: carries out what is asked for, until whoever asks is gone.
 * @param {Record<string, (value: any) => Promise<unknown>>} orders
 */
export function takeOrders(orders) {
  process.on('message', async ({ id, what, value }) => {
    try {
      process.send({ id, value: await orders[what](value) });
    } catch (error) {
      process.send({ id, error: error.stack });
    }
  });
  process.on('disconnect', () => process.exit(0));
}
