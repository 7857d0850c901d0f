import { deck } from '../random.mjs';
import { cutEventStore } from '../faults/event-store.mjs';
import { poison, slowListener } from '../faults/followers.mjs';
import { pointsIn } from '../faults/points.mjs';
import { killed, stoppedAppender, stoppedProjector, uncaughtError, wrongClock } from '../faults/processes.mjs';
import { cutAppend, fullDisk, killedPostgres, lostRedis, slowWay } from '../faults/services.mjs';

/** Everything that can go wrong besides dying at a point. At most twelve for a store, so that twelve rounds show each of them. */
export const faults = [
  killed,
  uncaughtError,
  wrongClock,
  stoppedAppender,
  stoppedProjector,
  lostRedis,
  killedPostgres,
  fullDisk,
  cutAppend,
  slowWay,
  cutEventStore,
  poison,
  slowListener,
];

/**
 * What happens in which round: an api dies at a point, a worker dies at a point, and then one more thing goes wrong.
 * @param {string} seed
 * @param {{ only?: string, store: string, hasDisk: boolean }} options `only` names a fault that is wanted in every round
 */
export function planOf(seed, { only, store, hasDisk }) {
  const there = [undefined, store, hasDisk ? 'disk' : ''];
  const possible = faults.filter(({ name, needs }) => (only === undefined || name === only) && there.includes(needs));
  if (possible.length === 0)
    throw new Error(`There is no fault "${only}": choose one of ${faults.map(({ name }) => name).join(', ')}.`);
  const dealt = {
    fault: deck(possible, `${seed} faults`),
    api: deck(pointsIn('api', store), `${seed} api`),
    worker: deck(pointsIn('worker', store), `${seed} worker`),
  };
  return (round) => ({ fault: dealt.fault(round), points: [dealt.api(round), dealt.worker(round)] });
}
