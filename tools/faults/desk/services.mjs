import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from '../../services/free-port.mjs';
import { embeddedPostgres, modestSettings } from '../../services/postgres.mjs';
import { embeddedRedis } from '../../services/redis.mjs';

/** Two apis, two workers, a command and the harness: more connections than one small desk needs. */
const CONNECTIONS = ['-c', 'max_connections=140'];
/** A server that was killed needs a moment to find out what it had written. */
const LONGEST_RECOVERY_MS = 30_000;

/**
 * A Postgres that can be killed as by a power cut, and started again on the same data.
 * @param {{ folder: string, dataFolder: string, password: string }} options
 */
export async function killablePostgres({ folder, dataFolder, password }) {
  const logFile = join(folder, 'logs', 'postgres.log');
  const flags = [...modestSettings, ...CONNECTIONS];
  const port = await freePort();
  const server = embeddedPostgres({ dataFolder, port, password, flags, logFile });
  let child;
  let startedAgain = 0;
  const isUp = () => child !== undefined && !child.hasEnded();
  return {
    port,
    url: server.url,
    isUp,
    /** When it came back last, in milliseconds since the epoch. */
    lastTrouble: () => startedAgain,
    async initialise() {
      await server.initialise();
      child = await server.start();
    },
    async kill() {
      if (!isUp()) return;
      const family = [child.pid, ...childrenOf(child.pid)];
      for (const pid of family) end(pid);
      await child.exited;
      // A new server refuses to start while a process of the old one still holds the shared memory.
      while (family.some(isAlive)) await pause(10);
    },
    /** Starts it when it does not run, until it answers; again when its recovery fails for lack of space, as a supervisor would. */
    async start() {
      for (const deadline = Date.now() + LONGEST_RECOVERY_MS; !isUp();) {
        try {
          child = await server.start();
          startedAgain = Date.now();
        } catch (error) {
          if (Date.now() > deadline) throw error;
          await pause(200);
        }
      }
    },
    abandon: () => isUp() && [child.pid, ...childrenOf(child.pid)].forEach(end),
    async stop() {
      if (isUp()) await server.stop();
    },
  };
}

/** A Redis that can be killed, and comes back with nothing in it. */
export async function killableRedis({ folder, dataFolder, password }) {
  const server = embeddedRedis({
    dataFolder,
    port: await freePort(),
    password,
    logFile: join(folder, 'logs', 'redis.log'),
  });
  let child;
  return {
    url: server.url,
    async start() {
      if (child === undefined || child.hasEnded()) child = await server.start();
    },
    async kill() {
      child.signal('SIGKILL');
      await child.exited;
    },
    /** Throws everything away that is in it. */
    async flush() {
      const client = new Redis(server.url, { maxRetriesPerRequest: 1 });
      client.on('error', () => undefined);
      await client.flushall();
      client.disconnect();
    },
    pause: () => child.signal('SIGSTOP'),
    resume: () => child.signal('SIGCONT'),
    abandon: () => child?.signal('SIGKILL'),
    async stop() {
      child?.signal('SIGCONT');
      await server.stop();
    },
  };
}

function childrenOf(parent) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid) {
  const fields = stateOf(pid);
  return fields === undefined ? undefined : Number(fields[1]);
}

const isAlive = (pid) => {
  const fields = stateOf(pid);
  return fields !== undefined && fields[0] !== 'Z';
};

/** What the system says about a process after its name: state, parent, … */
function stateOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function end(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
