import { pointsWith } from '../inside/points.mjs';
import { within } from './fault.mjs';

const MOST_PASSES = { rare: 2, usual: 12 };
const LONGEST_WAY_MS = 12_000;

/** @returns {readonly import('../inside/points.mjs').Point[]} */
export const pointsIn = (kind, store) => pointsWith(store).filter((point) => point.in === kind);

/**
 * Makes a process die at a point: one api, or whichever worker comes there first.
 * @returns {Promise<string>} what happened
 */
export async function dieAt(point, { desk, random, pause, found }) {
  const candidates = point.in === 'api' ? [random.pick(desk.ofKind('api'))] : desk.ofKind('worker');
  const passes = random.between(1, point.rare ? MOST_PASSES.rare : MOST_PASSES.usual);
  const before = candidates.map((program) => program.reached().length);
  for (const program of candidates) program.arm({ point: point.name, passes });
  const victim = await within(
    LONGEST_WAY_MS,
    () => candidates.find((program, index) => program.reached().length > before[index]),
    pause,
  );
  for (const program of candidates) program.arm(undefined);
  if (victim === undefined) {
    found('point-reached', `nobody came to "${point.name}" ${passes} times: does the code still pass it?`);
    return `"${point.name}" was not reached`;
  }
  return `${victim.name} died at "${point.name}" #${passes}`;
}
