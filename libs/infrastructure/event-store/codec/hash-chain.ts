import { hash } from 'node:crypto';
import type { EventRecord } from '../event-store.js';
import { canonicalText } from './canonical-json.js';

/** The predecessor of the first event of every stream. */
export const NO_PREVIOUS_HASH = '0'.repeat(64);

const DOMAIN = 'ledgerdesk:event:v1\n';

/** What the hash of an event covers. `data` and `metadata` are canonical text, `metadata` without its `hash`. */
export interface HashedEvent extends Omit<EventRecord, 'metadata'> {
  readonly stream: string;
  readonly revision: number;
  readonly metadataWithoutHash: string;
}

/**
 * SHA-256 in hex of the domain line and the canonical text of `{data, id, metadata, revision, stream, type}`. Over ciphertext, so
 * the chain still verifies after an erasure; without positions, so it survives a change of store.
 */
export function eventHash(event: HashedEvent): string {
  const text =
    `{"data":${event.data},"id":${JSON.stringify(event.id)},"metadata":${event.metadataWithoutHash},` +
    `"revision":${String(event.revision)},"stream":${JSON.stringify(event.stream)},"type":${JSON.stringify(event.type)}}`;
  return hash('sha256', DOMAIN + text, 'hex');
}

/** Canonical metadata text with the hash in its place; `metadata` must not have one yet. */
export function chained(
  event: Omit<HashedEvent, 'metadataWithoutHash'>,
  metadata: Readonly<Record<string, string | undefined>>,
): { readonly record: EventRecord; readonly hash: string } {
  const own = eventHash({ ...event, metadataWithoutHash: canonicalText(metadata) });
  const { id, type, data } = event;
  return { record: { id, type, data, metadata: canonicalText({ ...metadata, hash: own }) }, hash: own };
}
