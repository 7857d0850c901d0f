import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const LOG_LIMIT = 16 * 1024 * 1024;

/**
 * One child in a process group of its own, so that Ctrl-C in the terminal reaches only us and we choose the order in which things stop.
 * Its output goes straight to a file: it survives us and never blocks the child.
 * @param {{ name: string, command: string, args: string[], logFile: string, env?: Record<string, string | undefined>, cwd?: string,
 *   user?: { uid: number, gid: number } }} options
 */
export function startProcess({ name, command, args, logFile, env = process.env, cwd, user }) {
  const logStart = logSize(logFile);
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(command, args, { detached: true, stdio: ['ignore', log, log], env, cwd, ...user });
  closeSync(log);

  let ended = false;
  const exited = new Promise((resolve) => {
    const end = (reason) => {
      ended = true;
      resolve(reason);
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) => end(signal ?? `code ${code}`));
  });

  const signalGroup = (signal) => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  };

  return {
    name,
    pid: child.pid,
    exited,
    hasEnded: () => ended,
    /** What the child has written since it started, at most the last 64 kB. */
    output: () => readFileSync(logFile).subarray(logStart).subarray(-65_536).toString('utf8'),
    signal: (signal) => !ended && child.kill(signal),
    /** Asks politely, waits (less when `hurry` is aborted), then ends the whole group. Resolves when the child is gone. */
    async stop({ signal = 'SIGTERM', graceMs = 10_000, hurry } = {}) {
      if (!ended) child.kill(signal);
      const patience = new AbortController();
      const ends = hurry ? AbortSignal.any([patience.signal, hurry]) : patience.signal;
      await Promise.race([exited, pause(graceMs, undefined, { signal: ends }).catch(() => undefined)]);
      patience.abort();
      signalGroup('SIGKILL');
      await exited;
    },
  };
}

function logSize(logFile) {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size < LOG_LIMIT) return size;
  truncateSync(logFile, 0);
  return 0;
}

/**
 * Waits until a child answers.
 * @param {ReturnType<typeof startProcess>} child
 * @param {() => Promise<boolean>} isReady asked every 50 ms; a rejection counts as "not yet"
 * @param {{ withinMs: number, signal?: AbortSignal }} limit
 * @throws {ProcessFailed} when the child ends first or time runs out; the reason of `signal` when that is aborted
 */
export async function untilReady(child, isReady, { withinMs, signal }) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    if (child.hasEnded()) throw new ProcessFailed(child.name, `ended (${await child.exited})`, child.output());
    signal?.throwIfAborted();
    if (await isReady().catch(() => false)) return;
    if (Date.now() > deadline)
      throw new ProcessFailed(child.name, `did not get ready within ${withinMs / 1000} s`, child.output());
    await pause(50);
  }
}

/** A child that did not come up; carries what it wrote. */
export class ProcessFailed extends Error {
  constructor(name, what, output) {
    super(`${name} ${what}.`);
    this.name = 'ProcessFailed';
    this.processName = name;
    this.output = output;
  }
}
