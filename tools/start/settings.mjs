import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, isFree } from '../services/free-port.mjs';
import { StartError } from './options.mjs';

/** What one desk remembers from start to start: its secrets and its ports. Closed to other users of the machine. */
export const settingsFile = (dataFolder) => join(dataFolder, 'settings.json');
export const keyFile = (dataFolder) => join(dataFolder, 'installation.key');

/**
 * Reads what an earlier start has remembered.
 * @returns {{ webPort: number, postgresPort: number, redisPort: number, mailPort: number, postgresPassword: string, redisPassword: string } | undefined}
 * @throws {StartError} when the file is damaged
 */
export function readSettings(dataFolder) {
  const file = settingsFile(dataFolder);
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new StartError(
      `${file} is damaged: put it back from a backup, or start over without the data with "npm start -- --reset".`,
    );
  }
}

/** Makes or completes the settings of a start: secrets are made once, a port that someone else has taken is replaced. */
export async function prepareSettings(dataFolder, wantedPort) {
  mkdirSync(dataFolder, { recursive: true });
  chmodSync(dataFolder, 0o711);
  const known = readSettings(dataFolder);
  makeKey(dataFolder, known !== undefined);
  const settings = {
    ...ledgerHome(known, process.env.EVENTSTORE_URL),
    webPort: webPortOf(known, wantedPort),
    postgresPort: await keepOrReplace(known?.postgresPort),
    redisPort: await keepOrReplace(known?.redisPort),
    mailPort: await keepOrReplace(known?.mailPort),
    postgresPassword: known?.postgresPassword ?? randomBytes(24).toString('base64url'),
    redisPassword: known?.redisPassword ?? randomBytes(24).toString('base64url'),
  };
  await refuseTakenPort(settings.webPort);
  writeClosed(settingsFile(dataFolder), `${JSON.stringify(settings, undefined, 2)}\n`);
  return settings;
}

/**
 * Says that the port of the desk is taken before minutes were spent on building for it. A start that throws the data away asks
 * nothing of it, because it may be damaged.
 * @throws {StartError}
 */
export async function refuseTakenWebPort({ dataFolder, port, reset }) {
  await refuseTakenPort(webPortOf(reset ? undefined : readSettings(dataFolder), port));
}

/** A ledger stays where it began; only its address may change. Commands that are typed later find it here. */
function ledgerHome(known, eventStoreUrl) {
  if (known && !known.eventStoreUrl && eventStoreUrl) {
    throw new StartError(
      'The ledger of this desk is in Postgres: start without EVENTSTORE_URL, or move it as docs/operators/eventstoredb.md says.',
    );
  }
  const url = eventStoreUrl || known?.eventStoreUrl;
  return url ? { eventStoreUrl: url } : {};
}

function webPortOf(known, wantedPort) {
  return wantedPort ?? known?.webPort ?? 3000;
}

async function refuseTakenPort(port) {
  if (await isFree(port)) return;
  const other = port < 65_000 ? port + 100 : 3000;
  throw new StartError(
    `Port ${port} is in use: stop what listens there, or choose another with "npm start -- --port ${other}".`,
  );
}

/**
 * Whether a step of the start has been done on this data by this build; `remember` notes that it has.
 * @param {string} dataFolder
 * @param {string} build
 */
export function doneBefore(dataFolder, build) {
  const file = join(dataFolder, 'prepared.json');
  const note = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const done = note.build === build ? note.done : [];
  return {
    has: (name) => done.includes(name),
    remember(name) {
      done.push(name);
      writeClosed(file, JSON.stringify({ build, done }));
    },
  };
}

async function keepOrReplace(port) {
  return port !== undefined && (await isFree(port)) ? port : freePort();
}

/** Without its key an installation can read no personal text any more, so a lost key is never quietly replaced. */
function makeKey(dataFolder, isKnown) {
  const file = keyFile(dataFolder);
  if (existsSync(file)) return;
  if (isKnown)
    throw new StartError(
      `${file} is missing and with it every personal text: put it back from a backup, or use "npm start -- --reset".`,
    );
  writeClosed(file, `${randomBytes(32).toString('base64')}\n`);
}

function writeClosed(file, text) {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
