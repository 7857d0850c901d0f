// Loaded into the api and the worker before their own code, by the harness only: nothing of it is in the build.
import { classOf, wrap } from './build.mjs';
import { shiftClock } from './clock.mjs';
import { arm, pass } from './death.mjs';
import { watchHolders } from './holders.mjs';
import { liveBytes } from './memory.mjs';
import { plants } from './plants.mjs';
import { pointsWith } from './points.mjs';
import { installPoison, setPoison } from './poison.mjs';

const { kind, store, build, reachedFile, clock, plant, poison, armed } = JSON.parse(process.env.FAULTS);
delete process.env.FAULTS;

/** Long enough for the request to be on its way, short enough for the answer not to be back. */
const UNDER_WAY_MS = 1;

if (clock !== 0) shiftClock(clock);
for (const point of pointsWith(store).filter((each) => each.in === kind)) {
  wrap(await classOf(build, point), point, around(point));
}
const holds = kind === 'worker' ? await watchHolders(build) : () => [];
if (kind === 'worker') await installPoison(build);
setPoison(poison);
arm(armed);
await plants[plant]?.[kind]?.(build);

const orders = {
  arm,
  clock: shiftClock,
  poison: setPoison,
  holds: () => process.send(holds()),
  memory: () => process.send(liveBytes()),
  reject: () => void Promise.reject(new Error('planted: nobody catches this')),
};
process.on('message', ([order, value]) => orders[order](value));
// The harness has ended, however: nobody is left to judge or to stop us.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.channel.unref();

function around({ name, when }) {
  const reach = () => pass(name, reachedFile);
  if (when === 'before')
    return (original) => {
      reach();
      return original();
    };
  if (when === 'during')
    return (original) => {
      const result = original();
      setTimeout(reach, UNDER_WAY_MS);
      return result;
    };
  return async (original) => {
    const result = await original();
    reach();
    return result;
  };
}
