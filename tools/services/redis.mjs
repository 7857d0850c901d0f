import { chownSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { makeServiceFolder, serviceUser } from './operating-system-user.mjs';
import { programsFolder } from './places.mjs';
import { redisPrograms } from './redis-programs.mjs';
import { startProcess, untilReady } from './service-process.mjs';

/**
 * The Redis that the project brings along, on the loopback address only. It keeps nothing on disk: everything in it can be made again
 * from Postgres, and a job that was lost with it is put in again by the sweeper.
 * @param {{ dataFolder: string, port: number, password: string, logFile?: string, note?: (line: string) => void }} options
 */
export function embeddedRedis({ dataFolder, port, password, logFile, note }) {
  let child;
  return {
    url: `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}`,
    async start() {
      const user = serviceUser();
      const { command, libraryPath } = redisPrograms({ programsFolder: programsFolder(), note });
      makeServiceFolder(dataFolder, user);
      const settings = join(dataFolder, 'redis.conf');
      writeFileSync(settings, configuration({ dataFolder, port, password }), { mode: 0o600 });
      if (user) chownSync(settings, user.uid, user.gid);
      child = startProcess({
        name: 'Redis',
        command,
        args: [settings],
        env: { PATH: process.env.PATH, LD_LIBRARY_PATH: libraryPath, TZ: 'UTC' },
        logFile: logFile ?? `${dataFolder}.log`,
        user,
      });
      await untilReady(child, () => pings(port, password), { withinMs: 15_000 });
      return child;
    },
    async stop() {
      await child?.stop({ signal: 'SIGTERM', graceMs: 5_000 });
    },
  };
}

/** The password stands in a closed file, not on the command line, where every user of the machine could read it. */
function configuration({ dataFolder, port, password }) {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass "${password}"`,
    `dir "${dataFolder}"`,
    'daemonize no',
    'save ""',
    'appendonly no',
    'maxmemory 128mb',
    'maxmemory-policy noeviction',
    '',
  ].join('\n');
}

async function pings(port, password) {
  const socket = connect({ host: '127.0.0.1', port });
  socket.setTimeout(2_000, () => socket.destroy());
  try {
    return await new Promise((resolve, reject) => {
      socket.once('error', reject).once('close', () => reject(new Error('closed')));
      socket.once('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
      let answer = '';
      socket.on('data', (chunk) => {
        answer += chunk.toString('utf8');
        if (answer.includes('PONG')) resolve(true);
      });
    });
  } finally {
    socket.destroy();
  }
}
