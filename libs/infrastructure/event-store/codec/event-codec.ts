import type { KeyObject } from 'node:crypto';
import {
  type DomainEvent,
  ERASED,
  ERASING_EVENTS,
  type EventMetadata,
  Personal,
  type Recorded,
} from '@ledgerdesk/kernel';
import type { EventRecord, StoredEvent } from '../event-store.js';
import type { KeyRing } from '../keys/key-ring.js';
import { parseStreamName } from '../stream-name.js';
import { canonicalText, type JsonObject } from './canonical-json.js';
import { type Envelope, openText, sealText } from './envelope.js';
import { chained } from './hash-chain.js';
import { replaceEnvelopes, replacePersonal } from './personal-fields.js';
import type { UpcasterRegistry, UpcastData } from './upcasters.js';

/** An event that was decided but not yet written; the codec adds version, previous hash and hash. */
export interface NewEvent<Event extends DomainEvent = DomainEvent> {
  readonly id: string;
  readonly event: Event;
  readonly metadata: Omit<EventMetadata, 'v' | 'previousHash' | 'hash'>;
}

/** Where new events go: behind `previousHash`, the first of them at `revision`. */
export interface ChainEnd {
  readonly stream: string;
  readonly revision: number;
  readonly previousHash: string;
}

/** One event as it was decided, as it will be stored, and its metadata as it will be read. */
export interface EncodedEvent<Event extends DomainEvent = DomainEvent> {
  readonly event: Event;
  readonly record: EventRecord;
  readonly metadata: EventMetadata;
}

/** An event that can't be decoded: its bytes were changed or its metadata is not ours. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
  constructor(
    readonly stream: string,
    readonly revision: number,
    cause: unknown,
  ) {
    super(`Event ${String(revision)} of ${stream} can't be read.`, { cause });
  }
}

/** The only way between events in memory and bytes in the ledger: canonical text, encryption, hash chain, upcasting. */
export class EventCodec {
  constructor(
    private readonly keys: KeyRing,
    private readonly upcasters: UpcasterRegistry,
  ) {}

  /**
   * The bytes of new events. Keys of persons who have none yet are made here, before anything is written under them.
   * @throws DomainError `person.erased` when a text is about a person whose key was destroyed
   */
  async encode<Event extends DomainEvent>(
    end: ChainEnd,
    events: readonly NewEvent<Event>[],
  ): Promise<readonly EncodedEvent<Event>[]> {
    const { workspaceId } = parseStreamName(end.stream);
    const keys = await this.keys.forSealing(workspaceId, keyIdsIn(events));
    const encoded: EncodedEvent<Event>[] = [];
    let { previousHash } = end;
    for (const [offset, { id, event, metadata: given }] of events.entries()) {
      const place = { workspaceId, stream: end.stream, eventId: id };
      const data = canonicalText(
        replacePersonal(event.data, (personal, fieldPath) => sealed(personal, keys, { ...place, fieldPath })),
      );
      const full = { ...given, v: this.upcasters.currentVersion(event.type), previousHash };
      const position = { id, type: event.type, data, stream: end.stream, revision: end.revision + offset };
      const { record, hash } = chained(position, full);
      encoded.push({ event, record, metadata: { ...full, hash } });
      previousHash = hash;
    }
    return encoded;
  }

  /**
   * Events with personal texts readable, or `ERASED` where the key was destroyed; all keys come in one go. `fresh` is for those who
   * keep what they read: no key that was destroyed before this call is used.
   */
  async open(events: readonly StoredEvent[], options: { readonly fresh?: boolean } = {}): Promise<readonly Recorded[]> {
    const parsed = events.map(parse);
    const keys = await this.keys.forOpening(parsed.flatMap(keysNeeded), options);
    return parsed.map((event) =>
      this.decoded(event, (envelope, fieldPath) => {
        const key = keys.get(event.metadata.workspaceId, envelope.keyId);
        if (key === ERASED) return new Personal(envelope.keyId, ERASED);
        const { stream, id } = event.stored;
        const place = { workspaceId: event.metadata.workspaceId, stream, eventId: id, fieldPath };
        return new Personal(envelope.keyId, openText(envelope, key, place));
      }),
    );
  }

  /** Learns from events that passed by which keys were destroyed, whoever did it. */
  heed(events: readonly StoredEvent[]): void {
    for (const event of events) {
      if (!ERASING_EVENTS.has(event.type)) continue;
      const { data, metadata } = parse(event);
      if (typeof data.keyId === 'string') this.keys.forget(metadata.workspaceId, data.keyId);
    }
  }

  /** Events as deciders see them: nothing is decrypted, every personal text reads as erased. */
  sealedView(events: readonly StoredEvent[]): readonly Recorded[] {
    return events.map((stored) => this.decoded(parse(stored), (envelope) => new Personal(envelope.keyId, ERASED)));
  }

  private decoded(event: ParsedEvent, replace: (envelope: Envelope, path: string) => Personal): Recorded {
    const { stored, metadata } = event;
    const { id, stream, revision, position, type } = stored;
    try {
      const readable = holdsEnvelopes(stored) ? replaceEnvelopes(event.data, replace) : event.data;
      const data = this.upcasters.upcast(type, metadata.v, readable as UpcastData);
      return { id, stream, revision, position, type, data, metadata };
    } catch (error) {
      throw new UnreadableEvent(stream, revision, error);
    }
  }
}

interface ParsedEvent {
  readonly stored: StoredEvent;
  readonly data: JsonObject;
  readonly metadata: EventMetadata;
}

function parse(stored: StoredEvent): ParsedEvent {
  try {
    const metadata = JSON.parse(stored.metadata) as EventMetadata;
    return { stored, data: JSON.parse(stored.data) as JsonObject, metadata };
  } catch (error) {
    throw new UnreadableEvent(stored.stream, stored.revision, error);
  }
}

/** Most events hold nothing personal; looking at their text is much cheaper than walking through them. */
function holdsEnvelopes({ data }: StoredEvent): boolean {
  return data.includes('"ciphertext":');
}

function sealed(
  personal: Personal,
  keys: ReadonlyMap<string, KeyObject>,
  place: Parameters<typeof sealText>[3],
): Envelope {
  const key = keys.get(personal.keyId);
  // Deciders see sealed events, so passing one of their texts on would silently store an erased one.
  if (personal.text === ERASED || !key)
    throw new TypeError(`The text at ${place.fieldPath} is sealed and can't be stored.`);
  return sealText(personal.text, personal.keyId, key, place);
}

function keyIdsIn(events: readonly NewEvent[]): readonly string[] {
  const ids = new Set<string>();
  for (const { event } of events) {
    replacePersonal(event.data, (personal) => {
      ids.add(personal.keyId);
      return { keyId: '', nonce: '', ciphertext: '' };
    });
  }
  return [...ids];
}

function keysNeeded({ stored, data, metadata }: ParsedEvent): readonly { workspaceId: string; keyId: string }[] {
  if (!holdsEnvelopes(stored)) return [];
  const needed: { workspaceId: string; keyId: string }[] = [];
  replaceEnvelopes(data, (envelope) => {
    needed.push({ workspaceId: metadata.workspaceId, keyId: envelope.keyId });
    return new Personal(envelope.keyId, ERASED);
  });
  return needed;
}
