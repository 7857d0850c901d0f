import type { StreamingRead } from '@eventstore/db-client';
import { EventStoreTimeout } from '../errors.js';

/**
 * Everything that a read of the client gives. The client knows no deadline for reads, so a server that is silent for too long is
 * left here. Errors are the client's.
 * @throws EventStoreTimeout
 */
export function collected<Item>(read: StreamingRead<Item>, timeout: number): Promise<readonly Item[]> {
  const items: Item[] = [];
  return new Promise<readonly Item[]>((resolve, reject) => {
    const silence = setTimeout(() => {
      read.cancel().catch(() => undefined);
      reject(new EventStoreTimeout('EventStoreDB did not answer in time.'));
    }, timeout);
    read.on('data', (item: Item) => {
      silence.refresh();
      items.push(item);
    });
    read.on('end', () => {
      clearTimeout(silence);
      resolve(items);
    });
    // Stays until the end: an error of a read that was left must not end the process.
    read.on('error', (error) => {
      clearTimeout(silence);
      reject(error);
    });
  });
}
