import { type AllStreamResolvedEvent, binaryEvent, type EventData, type ResolvedEvent } from '@eventstore/db-client';
import type { EventRecord, StoredEvent } from '../event-store.js';
import { positionText } from './positions.js';

/** Streams that this project made; everything else in the log belongs to the server or to somebody else. */
export const OUR_STREAMS = '^[a-z][a-z-]*-[0-9a-f]{32}_';
const OURS = new RegExp(OUR_STREAMS);

/**
 * The client parses metadata as JSON and gives the bytes only when that fails. Numbers and the order of keys would not survive,
 * and the hash covers every byte, so a byte order mark, which JSON does not allow, keeps it from trying.
 */
const MARK = '\ufeff';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes, not JSON, for the same reason. */
export function eventData({ id, type, data, metadata }: EventRecord): EventData {
  return binaryEvent({
    id,
    type,
    data: encoder.encode(data),
    metadata: encoder.encode(MARK + metadata),
  });
}

/** The event in the form of the port, `undefined` for one that is not ours. */
export function storedEvent({ event }: ResolvedEvent | AllStreamResolvedEvent): StoredEvent | undefined {
  if (!event || !OURS.test(event.streamId)) return undefined;
  if (!event.position) throw new Error('EventStoreDB gives no positions: version 23.10 or newer is needed.');
  return {
    id: event.id,
    type: event.type,
    data: text(event.data),
    metadata: text(event.metadata).replace(MARK, ''),
    stream: event.streamId,
    revision: Number(event.revision),
    position: positionText(event.position),
  };
}

/** What was not written by `eventData` reads as nothing, which no event is: its reader puts it aside. */
function text(bytes: unknown): string {
  return bytes instanceof Uint8Array ? decoder.decode(bytes) : '';
}
