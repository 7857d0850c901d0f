import type { WriteStream } from 'node:fs';
import { link, open, readdir, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { MoveRefused } from '../refused.js';

/** Only whoever made it: there may be keys in it. */
const MODE = 0o600;

/**
 * A file that is there whole or not at all: written under another name beside it, synced, and given its name at the end. What a
 * killed process left behind is removed by the next one.
 * @throws MoveRefused `file.exists`, `file.disk-full`, `file.unwritable`
 */
export async function writeWholeFile<T>(path: string, write: (file: WriteStream) => Promise<T>): Promise<T> {
  const partial = `${resolve(path)}.${String(process.pid)}.partial`;
  let file: WriteStream | undefined;
  try {
    await refuseExisting(path);
    await removeAbandoned(path);
    // The name is there before anything can fail; a stream that opens it by itself may do so after it was removed again.
    file = (await open(partial, 'wx', MODE)).createWriteStream({ flush: true });
    const written = await write(file);
    // Unlike a rename, this never replaces a file that came there meanwhile.
    await link(partial, resolve(path));
    await syncFolder(path);
    return written;
  } catch (error) {
    throw refusalOf(path, error);
  } finally {
    file?.destroy();
    await rm(partial, { force: true });
  }
}

async function refuseExisting(path: string): Promise<void> {
  const names = await readdir(dirname(resolve(path)));
  if (names.includes(basename(path))) throw existing(path);
}

async function removeAbandoned(path: string): Promise<void> {
  const folder = dirname(resolve(path));
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${basename(path)}.`) || !name.endsWith('.partial')) continue;
    const pid = Number(name.slice(basename(path).length + 1, -'.partial'.length));
    if (Number.isInteger(pid) && !isRunning(pid)) await unlink(join(folder, name));
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(resolve(path)));
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function refusalOf(path: string, error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === 'EEXIST') return existing(path);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new MoveRefused(
      'file.disk-full',
      `The disk with ${path} is full: make room or name another place. No file was left.`,
    );
  }
  if (syscall === undefined || code === undefined) return error;
  return new MoveRefused('file.unwritable', `${path} can not be written (${code}): name a place that can be.`);
}

function existing(path: string): MoveRefused {
  return new MoveRefused('file.exists', `${path} is there already: name another file, or remove it.`);
}
