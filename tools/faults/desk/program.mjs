import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { checkout } from '../../services/places.mjs';
import { heap, program } from '../../start/programs.mjs';

const LONGEST_ANSWER_MS = 500;
const PRELOAD = pathToFileURL(join(import.meta.dirname, '../inside/preload.mjs')).href;

/**
 * One run of an api or a worker of the build, with the fail points inside.
 * @param {{ name: string, kind: 'api' | 'worker', folder: string, env: Record<string, string>,
 *   inside: { store: string, plant?: string, clock: number, poison?: object } }} options `inside` is for the preload
 */
export function startProgram({ name, kind, folder, env, inside }) {
  const logFile = join(folder, 'logs', `${name}.log`);
  const reachedFile = join(folder, `${name}.reached`);
  rmSync(reachedFile, { force: true });
  const logStart = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(process.execPath, [...heap[kind], '--import', PRELOAD, join(checkout, program[kind])], {
    detached: true,
    cwd: checkout,
    stdio: ['ignore', log, log, 'ipc'],
    env: {
      ...env,
      FAULTS: JSON.stringify({ ...inside, kind, reachedFile, build: join(checkout, 'dist/apps', kind) }),
    },
  });
  closeSync(log);
  let ended = false;
  const exited = new Promise((resolve) => {
    const end = (how) => {
      ended = true;
      resolve(how);
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) => end(signal ?? `code ${code}`));
  });
  child.on('error', () => undefined);
  const tell = (message) => !ended && child.connected && child.send(message, () => undefined);
  return {
    name,
    kind,
    pid: child.pid,
    /** Resolves with the signal or `code n`. */
    exited,
    hasEnded: () => ended,
    /** The fail point at which it has killed itself. */
    reached: () => (existsSync(reachedFile) ? readFileSync(reachedFile, 'utf8') : undefined),
    words: () => readFileSync(logFile).subarray(logStart).toString('utf8'),
    tell,
    /** A question to the preload; nothing is known about a program that has ended or stands still. */
    ask(question) {
      const answered = new Promise((resolve) => child.once('message', resolve));
      tell([question]);
      return Promise.race([answered, exited.then(() => []), pause(LONGEST_ANSWER_MS, [], { ref: false })]);
    },
    signal: (signal) => !ended && child.kill(signal),
  };
}
