import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../services/places.mjs';

export const READY_MS = 120_000;

/**
 * `npm start`, without npm.
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, within?: string[] }} [options] `within` is a command that runs the start as its last arguments
 */
export function npmStart(args, { env = {}, within = [] } = {}) {
  const [command, ...rest] = [...within, process.execPath, join(checkout, 'tools/start/bootstrap.mjs'), ...args];
  const child = spawn(command, rest, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const exited = once(child, 'exit').then(([code]) => code);
  const says = (text) =>
    new Promise((resolve, reject) => {
      const look = () => output.includes(text) && resolve(undefined);
      for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
      void exited.then(() => reject(new Error(`ended without saying "${text}":\n${output}`)));
      look();
    });
  return { child, exited, says, output: () => output };
}

export const isAlive = (pid) =>
  existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));

/** Ends what a test has left running when it failed. */
export async function endAll(starts) {
  const left = starts.filter(({ child }) => child.exitCode === null && child.signalCode === null);
  for (const { child } of left) child.kill('SIGTERM');
  await Promise.all(left.map(({ exited }) => exited));
}
