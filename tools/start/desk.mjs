import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkout, serviceHome } from '../services/places.mjs';
import { embeddedPostgres, modestSettings } from '../services/postgres.mjs';
import { embeddedRedis } from '../services/redis.mjs';
import { startProcess, untilReady } from '../services/service-process.mjs';
import { builtFrom } from './build.mjs';
import { isHealthy, makeDatabase, runDeskCommand } from './desk-steps.mjs';
import { refuseFullDisk } from './disk.mjs';
import { takeLock } from './lock.mjs';
import { doneBefore, keyFile, prepareSettings, settingsFile } from './settings.mjs';
import { refuseSilentServices } from './named-services.mjs';
import { environmentOf } from './environment.mjs';
import { StartError } from './options.mjs';
import { heap, program } from './programs.mjs';

/**
 * Starts everything that one desk consists of, on the loopback address.
 * @param {{ dataFolder: string, port?: number, reset?: boolean, demo?: boolean, restore?: string[] }} options `dataFolder` is an absolute
 *   path, `restore` the arguments of that command
 * @param {{ step: <T>(what: string, work: () => Promise<T>) => Promise<T>, note?: (line: string) => void, signal?: AbortSignal }} watch
 *   `signal` ends a start that is under way
 * @returns {Promise<{ url: string, folder: string, environment: Record<string, string>, failed: Promise<string>,
 *   stop: (options?: { hurry?: AbortSignal }) => Promise<void> }>} `failed` resolves with a sentence when a part has ended by itself
 * @throws {StartError} what the person can mend
 */
export async function startDesk(
  { dataFolder, port, reset = false, demo = true, restore },
  { step, note = () => undefined, signal },
) {
  const home = serviceHome(dataFolder);
  await refuseFullDisk(dataFolder, home);
  await refuseSilentServices(process.env);
  const lock = await takeLock(dataFolder);
  const parts = [];
  let stopping;
  const stop = ({ hurry } = {}) => (stopping ??= stopAll(parts, hurry).finally(lock.release));
  const adopt = (child) => {
    parts.at(-1).child = child;
    lock.adopt(child.pid);
    return child;
  };
  /** Runs the next part of the start unless someone has asked us to stop. */
  const next = (what, work) => {
    if (signal?.aborted) throw new StartError('Stopped while starting.');
    return step(what, work);
  };

  try {
    if (reset) for (const gone of goneWithTheData(dataFolder, home)) rmSync(gone, { recursive: true, force: true });
    const settings = await prepareSettings(dataFolder, port);
    await mkdir(join(dataFolder, 'logs'), { recursive: true, mode: 0o700 });
    const logFile = (name) => join(dataFolder, 'logs', `${name}.log`);
    if (home !== dataFolder)
      note(`The services keep their data in ${home}, because ${dataFolder} is closed to the user they run as.`);

    const environment = environmentOf(dataFolder, settings);
    if (!process.env.DATABASE_URL) {
      const postgres = embeddedPostgres({
        dataFolder: join(home, 'postgres'),
        port: settings.postgresPort,
        password: settings.postgresPassword,
        flags: modestSettings,
        logFile: logFile('postgres'),
      });
      await next('Starting Postgres', async () => {
        parts.push({ name: 'Postgres', stop: postgres.stop });
        if (!postgres.isInitialised()) await postgres.initialise();
        adopt(await postgres.start());
        await makeDatabase(postgres.url(), 'ledgerdesk');
      });
    }
    if (!process.env.REDIS_URL) {
      const redis = embeddedRedis({
        dataFolder: join(home, 'redis'),
        port: settings.redisPort,
        password: settings.redisPassword,
        logFile: logFile('redis'),
        note,
      });
      await next('Starting Redis', async () => {
        parts.push({ name: 'Redis', stop: redis.stop });
        adopt(await redis.start());
      });
    }

    if (restore) await next('Restoring the backup', () => runDeskCommand(environment, ['restore', ...restore]));
    // A database of somebody else may have been exchanged since the last start; our own has not.
    const before = doneBefore(
      dataFolder,
      process.env.DATABASE_URL || settings.eventStoreUrl ? randomUUID() : builtFrom(checkout),
    );
    const prepare = async (what, name) => {
      if (before.has(name)) return;
      await next(what, () => runDeskCommand(environment, [name]));
      before.remember(name);
    };
    await prepare('Preparing the database', 'migrate');
    if (demo) await prepare('Preparing the demo workspaces', 'seed');

    const url = `http://localhost:${settings.webPort}`;
    const startProgram = (name) => {
      const child = startProcess({
        name: `The ${name}`,
        command: process.execPath,
        args: [...heap[name], join(checkout, program[name])],
        env: environment,
        cwd: checkout,
        logFile: logFile(name),
      });
      parts.push({ name: `The ${name}`, stop: (patience) => child.stop(patience) });
      return adopt(child);
    };
    await next('Starting the desk', async () => {
      const [api, worker] = [startProgram('api'), startProgram('worker')];
      await untilReady(api, () => isHealthy(settings.webPort), { withinMs: 60_000, signal });
      await untilReady(worker, async () => true, { withinMs: 1_000 });
    });
    lock.announce(settings.webPort);
    return {
      url,
      folder: home,
      environment,
      failed: firstToEnd(parts, () => stopping !== undefined, dataFolder),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What `--reset` throws away. Programs that were unpacked stay. */
const goneWithTheData = (dataFolder, home) => [
  settingsFile(dataFolder),
  keyFile(dataFolder),
  join(dataFolder, 'prepared.json'),
  join(dataFolder, 'logs'),
  join(home, 'postgres'),
  join(home, 'redis'),
];

/** The api and the worker first, so that nothing writes any more when the services go. */
async function stopAll(parts, hurry) {
  const isProgram = (part) => part.name.startsWith('The ');
  const patience = { graceMs: 25_000, hurry };
  await Promise.all(parts.filter(isProgram).map((part) => part.stop(patience)));
  await Promise.all(parts.filter((part) => !isProgram(part)).map((part) => part.stop()));
}

async function firstToEnd(parts, isStopping, dataFolder) {
  const name = await Promise.race(
    parts.filter(({ child }) => child).map(({ name, child }) => child.exited.then(() => name)),
  );
  if (isStopping()) return new Promise(() => undefined);
  return `${name} has ended by itself; its last words are in ${join(dataFolder, 'logs')}.`;
}
