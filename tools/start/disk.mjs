import { mkdirSync, existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StartError } from './options.mjs';

const NEEDED_MB = 400;

/**
 * A database on a full disk stops in the middle of its work, so we do not begin.
 * @throws {StartError} when less than 400 MB are free, or a folder can not be made
 */
export async function refuseFullDisk(...folders) {
  for (const folder of folders) {
    let at = folder;
    while (!existsSync(at)) at = dirname(at);
    const { bavail, bsize } = await statfs(at);
    const free = Math.floor((Number(bavail) * Number(bsize)) / 1024 ** 2);
    if (free < NEEDED_MB)
      throw new StartError(
        `The disk that holds ${folder} is full (${free} MB free): free at least ${NEEDED_MB} MB and start again.`,
      );
    try {
      mkdirSync(folder, { recursive: true, mode: 0o711 });
    } catch (error) {
      throw new StartError(
        `The data folder ${folder} can not be made (${error.code}): choose another with "npm start -- --data FOLDER".`,
      );
    }
  }
}
