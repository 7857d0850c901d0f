import type { Actor } from './actor.js';

/** A fact in the past tense. Instants, actor and cause live in the metadata, never in `data`. */
export interface DomainEvent<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}

/** Stored beside every event as a flat object of strings, and covered by its hash. Instants are RFC 3339 UTC with milliseconds. */
export interface EventMetadata {
  readonly workspaceId: string;
  readonly actor: Actor;
  /** `platform:<uuid>` when somebody who runs the installation acted in the seat of the actor. */
  readonly impersonatedBy?: string;
  /** Why: `command:AssignTicket`, `job:close-solved-ticket`, `import:servicenow`, later `rule:<id>@<version>`. */
  readonly cause: string;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly requestId?: string;
  /** Schema version of `data`, for upcasters. */
  readonly v: string;
  /** When it happened; never decreases inside a stream. */
  readonly occurredAt: string;
  /** When the ledger learned it. */
  readonly recordedAt: string;
  /** Marks history taken over from another system: no mail, no push, no clock, no reaction. */
  readonly imported?: 'true';
  readonly previousHash: string;
  readonly hash: string;
}

/** An event as it stands in the ledger. `position` is opaque and comparable by its store only. */
export type Recorded<Event extends DomainEvent = DomainEvent> = Event & {
  readonly id: string;
  readonly stream: string;
  /** Zero-based place in its stream; the version of an aggregate is the revision of its last event. */
  readonly revision: number;
  readonly position: string;
  readonly metadata: EventMetadata;
};

/**
 * Whether who asks may see an aggregate of a category as it stands now. What they may not see does not exist for them.
 * @example sees('ticket', ticket)
 */
export type Sight = (category: string, aggregate: object) => boolean;

/** Everything about a command that is not its content. */
export interface CommandContext {
  readonly workspaceId: string;
  readonly actor: Actor;
  /** `platform:<uuid>` when somebody who runs the installation acts in the seat of the actor. */
  readonly impersonatedBy?: string;
  /** Defaults to `command:<ClassName>`. */
  readonly cause?: string;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly requestId?: string;
  /** Only imports and channel adapters set it: RFC 3339 UTC. */
  readonly occurredAt?: string;
  readonly imported?: true;
  /**
   * An id that was made a moment ago, for an aggregate that this command may create: no stream can have it yet, so the command
   * is decided without looking. Never set for an id that an earlier try of the command may have used.
   */
  readonly newAggregate?: string;
  /** The version that the writer had seen (If-Match); absent = does not care. */
  readonly basedOn?: number;
  /** Asked of the aggregate that the decision is about to be made on; absent = sees everything. */
  readonly sees?: Sight;
}

/** What a decision may know besides the state: who asks and what time it is (milliseconds since the epoch). */
export interface DecisionContext {
  readonly actor: Actor;
  readonly now: number;
}

/**
 * The whole behaviour of one kind of aggregate: pure, exhaustive, and total in `evolve`.
 * `decide` answers with no events when nothing changes and throws a `DomainError` when the command is not allowed.
 */
export interface Decider<Command extends object, State, Event extends DomainEvent> {
  /** First word of the aggregate's stream names. */
  readonly category: string;
  readonly initial: State;
  /** The id (UUID) of the aggregate that a command is for. */
  target(command: Command): string;
  decide(command: Command, state: State, context: DecisionContext): readonly Event[];
  evolve(state: State, event: Event, metadata: EventMetadata): State;
  /** Names of the fields that a command sets; used to merge concurrent edits. None for commands that only add. */
  sets?(command: Command): Readonly<Record<string, unknown>>;
  /** Names and new values of the fields that an event changed, in the words of `sets`. */
  changes?(event: Event): Readonly<Record<string, unknown>>;
}

/** The state after `events`. */
export function fold<State, Event extends DomainEvent>(
  decider: Pick<Decider<object, State, Event>, 'evolve' | 'initial'>,
  events: readonly (Event & { readonly metadata: EventMetadata })[],
): State {
  return events.reduce((state, event) => decider.evolve(state, event, event.metadata), decider.initial);
}
