import { type Decider, type DomainEvent, fold, type Recorded } from '@ledgerdesk/kernel';
import type { EventCodec } from '../codec/event-codec.js';
import { StreamNotFound } from '../errors.js';
import type { EventStore, StoredEvent } from '../event-store.js';

/** Events that one read asks for; a shorter answer is the end of the stream. */
const PAGE = 4_096;

export interface Loaded<State, Event extends DomainEvent> {
  readonly stored: readonly StoredEvent[];
  /** As deciders see them: nothing decrypted. */
  readonly events: readonly Recorded<Event>[];
  readonly state: State;
}

/** An aggregate with its whole history; empty when it does not exist. */
export async function load<Command extends object, State, Event extends DomainEvent>(
  store: EventStore,
  codec: EventCodec,
  decider: Decider<Command, State, Event>,
  stream: string,
): Promise<Loaded<State, Event>> {
  const stored = await readWhole(store, stream);
  // The category of a stream says which events it holds.
  const events = codec.sealedView(stored) as readonly DomainEvent[] as readonly Recorded<Event>[];
  return { stored, events, state: fold(decider, events) };
}

/** An aggregate that can't exist yet. */
export function nothing<Command extends object, State, Event extends DomainEvent>(
  decider: Decider<Command, State, Event>,
): Loaded<State, Event> {
  return { stored: [], events: [], state: decider.initial };
}

/** All events of a stream, none when it does not exist. */
export async function readWhole(store: EventStore, stream: string): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  try {
    for (;;) {
      const page = await store.read(stream, { from: events.length, max: PAGE });
      events.push(...page);
      if (page.length < PAGE) return events;
    }
  } catch (error) {
    if (error instanceof StreamNotFound) return events;
    throw error;
  }
}
