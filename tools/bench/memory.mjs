import { readFileSync, readdirSync } from 'node:fs';
import { runningDesk } from '../start/lock.mjs';

/**
 * Memory of a desk and everything it has started, shared pages counted once.
 * @param {string} dataFolder
 * @returns {Record<string, number>} megabytes by program
 */
export function memoryOf(dataFolder) {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => [Number(pid), parentOf(pid)]),
  );
  const roots = new Set(runningDesk(dataFolder)?.children.map(({ pid }) => pid));
  const isOurs = (pid) => {
    for (let at = pid; at; at = parents.get(at)) if (roots.has(at)) return true;
    return false;
  };
  const sums = {};
  for (const pid of [...parents.keys()].filter(isOurs)) {
    const program = nameOf(pid);
    sums[program] = (sums[program] ?? 0) + pssOf(pid);
  }
  return sums;
}

const read = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

function parentOf(pid) {
  const text = read(`/proc/${pid}/stat`);
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
}

function pssOf(pid) {
  return Number(/^Pss: +(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024;
}

function nameOf(pid) {
  const line = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
  return ['postgres', 'redis', 'api', 'worker'].find((word) => line.includes(word)) ?? 'other';
}
