import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentForNpm, runCommand } from './run-command.mjs';
import { StartError } from './options.mjs';

/**
 * Whether node_modules holds what package-lock.json asks for. npm notes what it has installed at the very end, so an interrupted
 * installation counts as none.
 * @param {string} checkout
 */
export function isInstalled(checkout) {
  const note = join(checkout, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  const wanted = readPackages(join(checkout, 'package-lock.json'));
  const present = readPackages(note);
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link === true) return true;
    const found = present[path];
    return found
      ? found.version === entry.version && found.integrity === entry.integrity
      : entry.optional === true || entry.devOptional === true;
  });
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** Installs exactly what the lockfile says. */
export async function install(checkout) {
  const { code, output } = await runCommand('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: checkout,
    env: environmentForNpm(checkout),
  });
  if (code === 0) return;
  if (/ENOSPC|no space left/i.test(output))
    throw new StartError('The disk is full: the packages need about 1 GB; free some space and start again.');
  throw new StartError(
    `The packages could not be installed (npm ci):\n${output.trim().split('\n').slice(-12).join('\n')}`,
  );
}

/** Node 24 from node_modules, whatever Node runs this file. */
export function modernNode(checkout) {
  const arch = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const shipped = join(
    checkout,
    'node_modules',
    `node-${arch}`,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(shipped)) return shipped;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new StartError(`No Node 24 comes along for ${arch}: install Node 24 and start again.`);
}
