import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StartError } from './options.mjs';

const lockFile = (dataFolder) => join(dataFolder, 'running.json');

/**
 * The desk that runs on this data folder, if one does.
 * @returns {{ pid: number, born: string, webPort?: number, children: { pid: number, born: string }[] } | undefined}
 */
export function runningDesk(dataFolder) {
  const lock = readLock(dataFolder);
  return lock && isAlive(lock) ? lock : undefined;
}

/** @throws {StartError} when a desk runs on this data folder */
export function refuseSecondStart(dataFolder) {
  const other = runningDesk(dataFolder);
  if (!other) return;
  const where = other.webPort === undefined ? '' : ` on http://localhost:${other.webPort}`;
  throw new StartError(
    `Ledgerdesk already runs here${where} (process ${other.pid}): use it, stop it with Ctrl-C, or start another with "npm start -- --data FOLDER --port PORT".`,
  );
}

/** Whether a desk that was killed may have left something running; `takeLock` ends it. */
export function hasLeftOvers(dataFolder) {
  return readLock(dataFolder) !== undefined;
}

/**
 * Makes us the one desk on this data folder, after ending what a killed one has left running.
 * @throws {StartError} when another desk holds it
 */
export async function takeLock(dataFolder) {
  refuseSecondStart(dataFolder);
  await Promise.all((readLock(dataFolder)?.children ?? []).map(endLeftOver));
  const file = lockFile(dataFolder);
  mkdirSync(dataFolder, { recursive: true });
  rmSync(file, { force: true });
  const lock = { pid: process.pid, born: birth(process.pid), webPort: undefined, children: [] };
  try {
    writeFileSync(file, JSON.stringify(lock), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (error.code === 'EEXIST')
      throw new StartError('Ledgerdesk is just being started here by someone else: use that one.');
    throw error;
  }
  const save = () => writeFileSync(file, JSON.stringify(lock), { mode: 0o600 });
  return {
    /** Remembers a child, so that the next start can end it should we be killed. */
    adopt(pid) {
      lock.children = [...lock.children.filter(isAlive), { pid, born: birth(pid) }];
      save();
    },
    announce(webPort) {
      lock.webPort = webPort;
      save();
    },
    release: () => rmSync(file, { force: true }),
  };
}

function readLock(dataFolder) {
  try {
    return JSON.parse(readFileSync(lockFile(dataFolder), 'utf8'));
  } catch {
    return undefined;
  }
}

/** A process id alone is not enough: the system gives it to another program one day. */
function isAlive({ pid, born }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return birth(pid) === born;
}

/** When a process began, in ticks since the machine did; empty where the system does not tell, "gone" for one that only waits to be buried. */
function birth(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'gone' : (fields[19] ?? '');
  } catch {
    return '';
  }
}

/** SIGINT is the one signal that Node, Redis and Postgres all take as "stop quickly and cleanly". */
async function endLeftOver(child) {
  if (!isAlive(child)) return;
  process.kill(child.pid, 'SIGINT');
  const deadline = Date.now() + 10_000;
  while (isAlive(child) && Date.now() < deadline) await pause(50);
  if (isAlive(child)) process.kill(child.pid, 'SIGKILL');
}
