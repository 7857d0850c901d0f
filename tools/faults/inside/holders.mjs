import { classOf, wrap } from './build.mjs';

const place = {
  module: 'libs/infrastructure/read-store/projections/consumer-runner.js',
  of: 'ConsumerRunner',
  method: 'claim',
};

/** Remembers the runners of a worker. Gives a function that names the followers which this worker runs at the moment. */
export async function watchHolders(build) {
  const runners = new Set();
  wrap(await classOf(build, place), place, (claim, runner) => {
    runners.add(runner);
    return claim();
  });
  return () => [...runners].filter(({ position }) => position !== undefined).map(({ consumer }) => consumer.name);
}
