import type { StoredEvent } from '../event-store.js';
import { NO_PREVIOUS_HASH } from './hash-chain.js';
import { linkOf } from './stored-link.js';

/** What is wrong with which event of a stream. */
export interface BrokenLink {
  readonly stream: string;
  readonly revision: number;
  readonly reason: 'missing' | 'metadata' | 'hash' | 'previous-hash';
}

/**
 * Checks the whole chain of one stream over the stored bytes, from its first event on; never decrypts and never upcasts.
 * `undefined` when every byte is the one that was written. Events cut off at the end can't be seen from the stream alone.
 */
export function verifyStream(events: readonly StoredEvent[]): BrokenLink | undefined {
  let previous = NO_PREVIOUS_HASH;
  for (const [index, event] of events.entries()) {
    const broken = (reason: BrokenLink['reason']): BrokenLink => ({ stream: event.stream, revision: index, reason });
    if (event.revision !== index) return broken('missing');
    const link = linkOf(event);
    if (typeof link === 'string') return broken(link);
    if (link.previousHash !== previous) return broken('previous-hash');
    previous = link.hash;
  }
  return undefined;
}
