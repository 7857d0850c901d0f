import { ProblemError } from '@ledgerdesk/http';
import { HashingBusy } from '../passwords/hashing-queue.js';
import { problems } from '../problems.js';
import type { Counted } from './sign-in-limits.js';

/** Seconds after which a full queue of hashes has been worked off. */
const QUEUE_SECONDS = 3;

/**
 * Checks a password that was counted as an attempt. When there is no place in the queue, the attempt is given back.
 * @throws ProblemError `sign-in.busy`
 */
export async function unlessBusy<T>({ refund }: Pick<Counted, 'refund'>, check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof HashingBusy)) throw error;
    await refund();
    throw new ProblemError(problems.busy, undefined, [], { 'Retry-After': String(QUEUE_SECONDS) });
  }
}
