import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { lostRace } from '../unavailable.js';

/** Longest that readers and runners queue behind a change that waits for a lock itself. */
const LOCK_MS = 300;
/** Together with the rests about half a minute: longer than any statement of the desk may take. */
const ATTEMPTS = 60;
const LONGEST_REST_MS = 250;

/**
 * All or nothing, as the owner of the tables. A lock that is not to be had soon is given up, so that nobody queues behind it for
 * long, and tried again from the first statement.
 */
export async function ownerTransaction<T>(owner: Client, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(owner, work);
    } catch (error) {
      if (attempt === ATTEMPTS || !lostRace(error)) throw error;
      await delay(Math.min(attempt * 10, LONGEST_REST_MS));
    }
  }
}

async function once<T>(owner: Client, work: () => Promise<T>): Promise<T> {
  await owner.query('begin');
  try {
    await owner.query(`set local lock_timeout = '${String(LOCK_MS)}ms'`);
    const result = await work();
    await owner.query('commit');
    return result;
  } catch (error) {
    // On a connection that is gone there is nothing to take back, and the first error is the one that counts.
    await owner.query('rollback').catch(() => undefined);
    throw error;
  }
}
