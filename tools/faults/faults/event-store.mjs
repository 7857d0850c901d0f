import { fault } from './fault.mjs';

/** How often in one round; between two of them the clients go on. */
const TIMES = 6;

export const cutEventStore = fault(
  'L6 an append to EventStoreDB whose connection is lost, before it arrived or before its answer, is there once or not at all',
  'event store',
  async ({ desk, random, pause }) => {
    const done = [];
    for (let time = 0; time < TIMES; time += 1) {
      const what = random.pick(['lose-request', 'lose-answer', 'lose-answer', 'cut', 'refuse']);
      await desk.eventStore.disturb(what);
      await pause(random.between(100, 500));
      if (what === 'refuse') await desk.eventStore.disturb('recover');
      done.push(what);
    }
    return `the event store: ${done.join(', ')}`;
  },
  { needs: 'eventstoredb' },
);
