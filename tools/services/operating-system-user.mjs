import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, chmodSync, chownSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const NAME = 'ledgerdesk';

/**
 * Postgres refuses to run as root, and nothing that listens should: as root the services run as the system user `ledgerdesk`, made here when it is missing.
 * @returns {{ uid: number, gid: number } | undefined} undefined when we are not root: the services then run as ourselves.
 * @throws when the user can not be made.
 */
export function serviceUser() {
  if (process.getuid?.() !== 0) return undefined;
  const known = lookUp();
  if (known) return known;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', NAME]);
  const made = lookUp();
  if (made) return made;
  throw new Error(`The system user "${NAME}" could not be made; run as an ordinary user instead of root.`);
}

function lookUp() {
  try {
    const id = (flag) =>
      Number(execFileSync('id', [flag, NAME], { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

/**
 * Whether the service user can get to a folder (which need not exist yet): every existing folder on the way must be open to others.
 * @param {string} folder absolute path
 * @param {{ uid: number, gid: number } | undefined} user
 */
export function isReachable(folder, user) {
  for (let at = folder; ; at = dirname(at)) {
    const stats = statSync(at, { throwIfNoEntry: false });
    if (stats && !mayEnter(at, stats, user)) return false;
    if (at === dirname(at)) return true;
  }
}

function mayEnter(folder, stats, user) {
  if (!user) {
    try {
      accessSync(folder, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  }
  if (stats.uid === user.uid) return (stats.mode & 0o100) !== 0;
  return (stats.mode & 0o001) !== 0;
}

/**
 * A folder that belongs to the service user and is closed to everyone else. Its parents are made enterable, not readable.
 * @param {string} folder absolute path
 * @param {{ uid: number, gid: number } | undefined} user
 */
export function makeServiceFolder(folder, user) {
  mkdirSync(dirname(folder), { recursive: true, mode: 0o711 });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!user) return;
  chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
}
