import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { onPath } from '../services/redis-programs.mjs';
import { StartError } from '../start/options.mjs';
import { runCommand } from '../start/run-command.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** A browser of the Chromium family on this machine. */
export function findChromium() {
  if (process.env.CHROMIUM && existsSync(process.env.CHROMIUM)) return process.env.CHROMIUM;
  return names.map((name) => onPath(name, process.env.PATH ?? '')).find((file) => file !== undefined);
}

/**
 * Installs Chromium with apt, which only root may do.
 * @throws {StartError} with the command to type
 */
export async function installChromium() {
  const isRoot = process.getuid?.() === 0;
  const hasApt = spawnSync('apt-get', ['--version']).status === 0;
  const advice = `The journeys need Chromium: run "${isRoot ? '' : 'sudo '}apt-get install chromium", or set CHROMIUM to a browser of its family.`;
  if (!isRoot || !hasApt) throw new StartError(advice);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = await runCommand('apt-get', ['-q', 'update'], { env });
  const install = await runCommand('apt-get', ['-qy', 'install', '--no-install-recommends', 'chromium'], { env });
  if (install.code !== 0) throw new StartError(`${advice}\n${update.output}\n${install.output}`.trim());
}
