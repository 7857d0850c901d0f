import { classOf, wrap } from './build.mjs';

const place = {
  module: 'libs/infrastructure/read-store/projections/projection-consumer.js',
  of: 'ProjectionConsumer',
  method: 'apply',
};

/** The event that one projection can not take, named by the request that it came from. */
let poison;

export const setPoison = (order) => void (poison = order);

/** Makes a projection throw at one event, as a mistake in its code would. */
export async function installPoison(build) {
  wrap(await classOf(build, place), place, (apply, self, [, events]) => {
    if (poison?.projection === self.name && events.some(({ metadata }) => metadata.requestId === poison.request))
      throw new Error('This event is poison.');
    return apply();
  });
}
