import { isStorable } from './codec/canonical-json.js';
import { EventTooLarge, InvalidAppend, UnstorableText } from './errors.js';
import type { EventRecord, ExpectedRevision } from './event-store.js';
import { parseStreamName } from './stream-name.js';

const MAX_EVENT_BYTES = 1024 * 1024;
const MAX_EVENTS = 4_096;
const MAX_APPEND_BYTES = 16 * MAX_EVENT_BYTES;
/** A reverse solidus followed by these digits is NUL or a surrogate, unless that solidus is itself escaped. */
const SUSPICIOUS_ESCAPE = /\\u(?:0000|d[89a-f])/i;

/**
 * Refuses what no store would keep unchanged, before it gets near one. Answers with the bytes of the append.
 * @throws InvalidAppend, EventTooLarge, UnstorableText
 */
export function checkAppend(stream: string, expected: ExpectedRevision, events: readonly EventRecord[]): number {
  if (!isStorable(stream)) throw new UnstorableText('The name of the stream');
  parseStreamName(stream);
  if (expected !== 'no_stream' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw new InvalidAppend(`${String(expected)} is not a revision.`);
  }
  if (events.length === 0) throw new InvalidAppend('An append needs at least one event.');
  if (events.length > MAX_EVENTS) throw new InvalidAppend(`An append holds at most ${String(MAX_EVENTS)} events.`);
  if (new Set(events.map(({ id }) => id)).size < events.length) throw new InvalidAppend('Two events share an id.');
  const bytes = events.reduce((sum, event) => sum + checkEvent(event), 0);
  if (bytes > MAX_APPEND_BYTES) throw new InvalidAppend(`An append holds at most ${String(MAX_APPEND_BYTES)} bytes.`);
  return bytes;
}

/** Refuses an event that no store would keep unchanged. @throws InvalidAppend, EventTooLarge, UnstorableText */
export function checkEvent({ type, data, metadata }: EventRecord): number {
  if (type === '') throw new InvalidAppend('An event needs a type.');
  for (const [place, text] of Object.entries({ type, data, metadata })) {
    if (!isStorable(text) || (SUSPICIOUS_ESCAPE.test(text) && !isStorableJson(JSON.parse(text)))) {
      throw new UnstorableText(`The ${place} of an event`);
    }
  }
  const bytes = Buffer.byteLength(type) + Buffer.byteLength(data) + Buffer.byteLength(metadata);
  if (bytes > MAX_EVENT_BYTES) throw new EventTooLarge(type, bytes);
  return bytes;
}

function isStorableJson(value: unknown): boolean {
  if (typeof value === 'string') return isStorable(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, member]) => isStorable(key) && isStorableJson(member));
}
