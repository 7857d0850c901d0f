import type { Actor, Decider, DomainEvent, EventMetadata } from '@ledgerdesk/kernel';
import { DomainError } from '@ledgerdesk/kernel';

/** What the tests of a decider may set about the instants and the people; all have quiet defaults. */
export interface Circumstances {
  readonly actor?: Actor;
  /** When the command is decided. RFC 3339. */
  readonly at?: string;
  /** When the given events happened. RFC 3339; the same as `at` by default. */
  readonly since?: string;
}

const NOON = '2026-03-02T12:00:00.000Z';

/**
 * Sentences about a decider: `given(decider, opened).when(new AssignTicket(…)).then({ type: 'TicketAssigned', data: … })`.
 * A given event may be followed by others with instants of their own: pass `[event, instant]`.
 */
export function given<Command extends object, State, Event extends DomainEvent>(
  decider: Decider<Command, State, Event>,
  ...events: readonly (Event | readonly [Event, string])[]
): Given<Command, State, Event> {
  return new Given(decider, events);
}

class Given<Command extends object, State, Event extends DomainEvent> {
  constructor(
    private readonly decider: Decider<Command, State, Event>,
    private readonly events: readonly (Event | readonly [Event, string])[],
  ) {}

  /** The state that the events lead to. */
  state(circumstances: Circumstances = {}): State {
    const { actor = 'member:alice', at = NOON, since = at } = circumstances;
    return this.events.reduce((state, entry) => {
      const [event, instant] = 'type' in entry ? [entry, since] : entry;
      return this.decider.evolve(state, event, metadata(actor, instant));
    }, this.decider.initial);
  }

  when(command: Command, circumstances: Circumstances = {}): When<Event> {
    const { actor = 'member:alice', at = NOON } = circumstances;
    const state = this.state(circumstances);
    return new When(() => this.decider.decide(command, state, { actor, now: Date.parse(at) }));
  }
}

class When<Event extends DomainEvent> {
  constructor(private readonly decide: () => readonly Event[]) {}

  /** Exactly these events, in this order. */
  then(...expected: readonly Event[]): void {
    expect(this.decide()).toEqual(expected);
  }

  thenNothing(): void {
    expect(this.decide()).toEqual([]);
  }

  /** A `DomainError` with this code. */
  thenRefused(code: string): void {
    let refusal: unknown;
    try {
      this.decide();
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(DomainError);
    expect(refusal).toMatchObject({ code });
  }
}

function metadata(actor: Actor, instant: string): EventMetadata {
  return {
    workspaceId: '00000000-0000-7000-8000-000000000001',
    actor,
    cause: 'command:Given',
    commandId: 'given',
    correlationId: 'given',
    v: '1',
    occurredAt: instant,
    recordedAt: instant,
    previousHash: '',
    hash: '',
  };
}
