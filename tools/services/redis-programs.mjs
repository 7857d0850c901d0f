import { execFileSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';

const PACKAGE = 'redis-server';

/**
 * Finds a Redis server: one on the PATH, else one unpacked earlier, else one unpacked now from the packages of Debian or Ubuntu into
 * `programsFolder`, with apt's state kept private: nothing is installed and nothing of the system is changed.
 * @param {{ programsFolder: string, note?: (line: string) => void, path?: string, dpkgStatus?: string }} options
 *   `path` and `dpkgStatus` stand for the machine's own, so that a machine without Redis can be tried on one that has it.
 * @returns {{ command: string, libraryPath?: string }}
 * @throws an Error whose message names the command that helps on this system
 */
export function redisPrograms({ programsFolder, note = () => undefined, path = process.env.PATH ?? '', dpkgStatus }) {
  const installed = onPath(PACKAGE, path);
  if (installed) return { command: installed };
  const folder = join(programsFolder, 'redis');
  if (!existsSync(folder)) {
    if (!onPath('apt-get', process.env.PATH ?? '') || !onPath('dpkg', process.env.PATH ?? ''))
      throw new Error(advice());
    note('Unpacking a private Redis');
    unpack(folder, dpkgStatus);
  }
  return { command: join(folder, 'usr', 'bin', 'redis-server'), libraryPath: libraryFolders(folder).join(delimiter) };
}

/**
 * The first file of this name on a PATH that may be executed.
 * @param {string} name
 * @param {string} path folders, separated as in PATH
 * @returns {string | undefined}
 */
export function onPath(name, path) {
  return path
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(mayRun);
}

function mayRun(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function unpack(folder, dpkgStatus) {
  const making = `${folder}.new`;
  const apt = join(making, 'apt');
  rmSync(making, { recursive: true, force: true });
  for (const part of ['lists/partial', 'cache/archives/partial', 'packages'])
    mkdirSync(join(apt, part), { recursive: true });
  const privately = [
    ['Dir::State::Lists', join(apt, 'lists')],
    ['Dir::Cache', join(apt, 'cache')],
    ['Debug::NoLocking', '1'],
    ['APT::Sandbox::User', ''],
    ...(dpkgStatus ? [['Dir::State::status', dpkgStatus]] : []),
  ].flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  const run = (command, args, cwd) =>
    execFileSync(command, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    });
  try {
    run('apt-get', [...privately, '-q', 'update']);
    const plan = run('apt-get', [...privately, '--simulate', '--no-install-recommends', 'install', PACKAGE]);
    const names = [...plan.matchAll(/^Inst (\S+)/gm)].map(([, name]) => name);
    const packages = join(apt, 'packages');
    run('apt-get', [...privately, '-q', 'download', ...names], packages);
    for (const file of readdirSync(packages)) run('dpkg', ['-x', join(packages, file), making]);
  } catch (error) {
    throw new Error(`${advice()} (${firstLine(error.stderr) ?? error.message})`, { cause: error });
  }
  rmSync(apt, { recursive: true, force: true });
  chmodSync(making, 0o755);
  renameSync(making, folder);
}

function firstLine(text) {
  return text?.split('\n').find((line) => line.startsWith('E:'));
}

function libraryFolders(folder) {
  return ['usr/lib', 'lib']
    .map((part) => join(folder, part))
    .filter((part) => existsSync(part))
    .flatMap((part) => readdirSync(part).map((name) => join(part, name)))
    .filter((part) => /-linux-gnu\w*$/.test(part));
}

/** What the reader can type on this system to get a Redis. */
export function advice(release = readRelease()) {
  const like = `${release.ID ?? ''} ${release.ID_LIKE ?? ''}`;
  const install = process.getuid?.() === 0 ? '' : 'sudo ';
  const command = [
    [/debian|ubuntu/, `${install}apt-get install redis-server`],
    [/fedora|rhel|centos/, `${install}dnf install redis`],
    [/alpine/, `${install}apk add redis`],
    [/arch/, `${install}pacman -S redis`],
    [/suse/, `${install}zypper install redis`],
    [/darwin/, 'brew install redis'],
  ].find(([pattern]) => pattern.test(like))?.[1];
  return command
    ? `Ledgerdesk needs a Redis server and could not get one by itself: run "${command}", or set REDIS_URL.`
    : 'Ledgerdesk needs a Redis server and could not get one by itself: put redis-server on the PATH, or set REDIS_URL.';
}

function readRelease() {
  if (process.platform !== 'linux') return { ID: process.platform };
  try {
    const pairs = readFileSync('/etc/os-release', 'utf8').matchAll(/^(\w+)="?([^"\n]*)"?$/gm);
    return Object.fromEntries([...pairs].map(([, key, value]) => [key, value]));
  } catch {
    return {};
  }
}
