import { setTimeout as delay } from 'node:timers/promises';

/** Far beyond what anything takes on a busy machine, and below the time that a test has. */
const PATIENCE_MS = 40_000;
const BETWEEN_MS = 15;

/**
 * What `attempt` answers, as soon as it does so without throwing: the way to wait for something that another process or a later
 * turn does. Put the expectations inside; when they never hold, the last failure is the failure of the test.
 */
export async function eventually<T>(attempt: () => T | Promise<T>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (failure) {
      if (Date.now() > end) throw failure;
    }
    await delay(BETWEEN_MS);
  }
}
