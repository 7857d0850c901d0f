import { writeFileSync } from 'node:fs';

/** What this process has been told to die of. */
let armed;

/** @param {{ point: string, passes: number } | undefined} order `passes` says at which pass of the point it happens, from 1 */
export function arm(order) {
  armed = order;
}

/** Ends this process as a power cut would, if it was told to. Written down first, because nothing can be said afterwards. */
export function pass(point, reachedFile) {
  if (armed?.point !== point) return;
  armed.passes -= 1;
  if (armed.passes > 0) return;
  writeFileSync(reachedFile, point);
  process.kill(process.pid, 'SIGKILL');
}
