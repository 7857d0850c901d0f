import { spawnSync } from 'node:child_process';
import { mkdirSync, statfsSync } from 'node:fs';

const SIZE_MB = 3_072;
/** What is left free of a disk that counts as full: not enough for the next segment of anything. */
const REST_BYTES = 16 * 1024;

/**
 * A disk in memory for the database, which can be made full at any moment by making it smaller. Only root may mount one.
 * @param {string} folder
 * @returns {{ why?: string, fill: () => void, free: () => void, lastTrouble: () => number, remove: () => void }} `why` says why there
 *   is none; `lastTrouble` is when it was last full, in milliseconds since the epoch
 */
export function smallDisk(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const nothing = { fill: () => undefined, free: () => undefined, lastTrouble: () => 0, remove: () => undefined };
  if (process.platform !== 'linux' || process.getuid() !== 0)
    return { ...nothing, why: 'only root on Linux may mount a tmpfs' };
  const mounted = mount(['-t', 'tmpfs', '-o', `size=${SIZE_MB}m,mode=711`, 'ledgerdesk-faults', folder]);
  if (mounted !== undefined) return { ...nothing, why: mounted };
  const resize = (bytes) => {
    const refused = mount(['-o', `remount,size=${bytes}`, folder]);
    if (refused !== undefined) throw new Error(`The small disk could not be resized: ${refused}`);
  };
  let isFull = false;
  let trouble = 0;
  return {
    fill() {
      isFull = true;
      const { blocks, bfree, bsize } = statfsSync(folder);
      resize((blocks - bfree) * bsize + REST_BYTES);
    },
    free() {
      resize(SIZE_MB * 1024 ** 2);
      if (isFull) trouble = Date.now();
      isFull = false;
    },
    lastTrouble: () => (isFull ? Date.now() : trouble),
    remove: () => void spawnSync('umount', ['--lazy', folder]),
  };
}

/** @returns {string | undefined} what the system said when it refused */
function mount(args) {
  const { status, stderr, error } = spawnSync('mount', args, { encoding: 'utf8' });
  return status === 0 ? undefined : (error?.message ?? stderr.trim());
}
