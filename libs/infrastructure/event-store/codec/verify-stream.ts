import type { StoredEvent } from '../event-store.js';
import { canonicalText } from './canonical-json.js';
import { eventHash, NO_PREVIOUS_HASH } from './hash-chain.js';

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
    const metadata = metadataOf(event.metadata);
    // Canonical or refused: otherwise white space could change without changing the hash.
    if (!metadata || canonicalText(metadata) !== event.metadata) return broken('metadata');
    const { hash, ...rest } = metadata;
    if (eventHash({ ...event, metadataWithoutHash: canonicalText(rest) }) !== hash) return broken('hash');
    if (rest.previousHash !== previous) return broken('previous-hash');
    previous = hash;
  }
  return undefined;
}

function metadataOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
