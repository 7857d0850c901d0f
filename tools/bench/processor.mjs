import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

const MILLISECONDS = 1_000;
const KILOBYTE = Buffer.alloc(1_024, 'x');

/** Kilobytes hashed by this thread in a second. */
function hashed() {
  let count = 0;
  for (const end = performance.now() + MILLISECONDS; performance.now() < end; count += 1)
    createHash('sha256').update(KILOBYTE).digest();
  return (count * 1_000) / MILLISECONDS;
}

async function hashedBy(threads) {
  const counts = Array.from({ length: threads }, () => {
    const { promise, resolve, reject } = Promise.withResolvers();
    new Worker(new URL(import.meta.url)).once('message', resolve).once('error', reject);
    return promise;
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

/**
 * How fast the processor is at this hour: rented machines share theirs, and two "cores" may be two halves of one.
 * @returns {Promise<{ alone: number, together: number }>} SHA-256 of kilobytes per second on one thread, and how many times as many on all
 */
export async function processorSpeed() {
  const alone = await hashedBy(1);
  return { alone, together: (await hashedBy(availableParallelism())) / alone };
}

if (!isMainThread) parentPort.postMessage(hashed());
