import { setTimeout as pause } from 'node:timers/promises';
import {
  type Clock,
  type CommandContext,
  type Decider,
  DomainError,
  type DomainEvent,
  fold,
  type Recorded,
} from '@ledgerdesk/kernel';
import type { EventCodec } from '../codec/event-codec.js';
import { NO_PREVIOUS_HASH } from '../codec/hash-chain.js';
import { WrongRevision } from '../errors.js';
import { type AppendOptions, BEGINNING, type EventStore, type Position } from '../event-store.js';
import { streamName } from '../stream-name.js';
import { type CommandLine, commandLine } from './command-line.js';
import { decideAll, type IssuedCommand } from './decide-all.js';
import { refuseConflicts } from './field-merge.js';
import { load, type Loaded, nothing } from './load.js';
import { refuseUnseen } from './refuse-unseen.js';
import { StreamTurns } from './stream-turns.js';

export interface CommandResult<State, Event extends DomainEvent> {
  readonly stream: string;
  /** Revision of the aggregate's last event, -1 when there is none. */
  readonly version: number;
  readonly position: Position;
  /**
   * The events of these commands, also when they were appended by an earlier try; empty when nothing changed. Events that
   * were appended just now carry the position of the last of them.
   */
  readonly events: readonly Recorded<Event>[];
  readonly state: State;
}

export interface CommandRunnerOptions {
  readonly clock: Clock;
  readonly onCommand?: (line: CommandLine) => void;
}

/** Races against other processes that one command may lose before it gives up. */
const ATTEMPTS = 20;
const LONGEST_PAUSE_MILLISECONDS = 64;

/**
 * The one handler behind every command: load, decide, append at the exact revision, and decide again after a lost race.
 * A command whose id is already in the stream is answered from its events and not decided again.
 */
export class CommandRunner {
  private readonly turns = new StreamTurns();

  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
    private readonly options: CommandRunnerOptions,
  ) {}

  /** @throws DomainError when the command is not allowed; the errors of `EventStore` */
  async run<Command extends object, State, Event extends DomainEvent>(
    decider: Decider<Command, State, Event>,
    command: Command,
    context: CommandContext,
  ): Promise<CommandResult<State, Event>> {
    return this.runAll(decider, [{ command, context }]);
  }

  /**
   * Several commands for ONE aggregate as one append, all or nothing; imports use it with the `bulk` lane. Commands that are
   * already in the stream are left out, so a repetition adds nothing.
   */
  async runAll<Command extends object, State, Event extends DomainEvent>(
    decider: Decider<Command, State, Event>,
    issued: readonly IssuedCommand<Command>[],
    append: AppendOptions = {},
  ): Promise<CommandResult<State, Event>> {
    const first = issued.at(0);
    if (!first) throw new TypeError('There is no command to run.');
    const stream = streamName(decider.category, first.context.workspaceId, decider.target(first.command));
    for (const { command, context } of issued) {
      if (streamName(decider.category, context.workspaceId, decider.target(command)) !== stream) {
        throw new TypeError('The commands are for different aggregates.');
      }
    }
    const started = performance.now();
    try {
      const result = await this.turns.take(stream, () => this.attempt(decider, issued, stream, append));
      this.options.onCommand?.(
        commandLine(issued.length, first, result, result.events.length > 0 ? 'appended' : 'unchanged', started),
      );
      return result;
    } catch (error) {
      const outcome = error instanceof DomainError ? 'refused' : 'failed';
      this.options.onCommand?.(commandLine(issued.length, first, { stream, version: -1 }, outcome, started));
      throw error;
    }
  }

  private async attempt<Command extends object, State, Event extends DomainEvent>(
    decider: Decider<Command, State, Event>,
    issued: readonly IssuedCommand<Command>[],
    stream: string,
    append: AppendOptions,
  ): Promise<CommandResult<State, Event>> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(decider, issued, stream, append, attempt === 1 && isNew(decider, issued));
      } catch (error) {
        if (!(error instanceof WrongRevision)) throw error;
        if (attempt === ATTEMPTS) {
          throw new DomainError('conflict', 'version.busy', 'Too many changes at the same time.');
        }
        // By chance, so that two busy processes do not keep meeting.
        await pause(Math.random() * Math.min(2 ** attempt, LONGEST_PAUSE_MILLISECONDS));
      }
    }
  }

  private async once<Command extends object, State, Event extends DomainEvent>(
    decider: Decider<Command, State, Event>,
    issued: readonly IssuedCommand<Command>[],
    stream: string,
    append: AppendOptions,
    isNew: boolean,
  ): Promise<CommandResult<State, Event>> {
    const loaded = isNew ? nothing(decider) : await load(this.store, this.codec, decider, stream);
    const ids = new Set(issued.map(({ context }) => context.commandId));
    const known = loaded.events.filter(({ metadata }) => ids.has(metadata.commandId));
    const knownIds = new Set(known.map(({ metadata }) => metadata.commandId));
    const open = issued.filter(({ context }) => !knownIds.has(context.commandId));
    const last = known.at(-1);
    if (open.length === 0 && last) return answered(decider, stream, loaded.events.slice(0, last.revision + 1), known);
    // Before anything about it is told, such as the values that somebody else has set.
    for (const { context } of open) refuseUnseen(decider.category, loaded.state, context);
    for (const { command, context } of open) await this.refuseStale(decider, command, context, loaded);
    const decided = decideAll(decider, open, loaded, this.options.clock.now());
    if (decided.length === 0) return answered(decider, stream, loaded.events, known);

    const end = loaded.events.at(-1);
    const revision = end ? end.revision + 1 : 0;
    const chainEnd = { stream, revision, previousHash: end?.metadata.hash ?? NO_PREVIOUS_HASH };
    const encoded = await this.codec.encode(chainEnd, decided);
    const records = encoded.map(({ record }) => record);
    const { position } = await this.store.append(stream, end ? end.revision : 'no_stream', records, append);
    const added = encoded.map(({ event, record: { id }, metadata }, index): Recorded<Event> => ({
      ...event,
      id,
      stream,
      revision: revision + index,
      position,
      metadata,
    }));
    const state = added.reduce((before, event) => decider.evolve(before, event, event.metadata), loaded.state);
    return { stream, version: revision + decided.length - 1, position, events: [...known, ...added], state };
  }

  private async refuseStale<Command extends object, State, Event extends DomainEvent>(
    decider: Decider<Command, State, Event>,
    command: Command,
    { basedOn }: CommandContext,
    { stored }: Loaded<State, Event>,
  ): Promise<void> {
    const version = stored.length - 1;
    if (basedOn === undefined || basedOn === version) return;
    if (basedOn > version) throw new DomainError('stale', 'version.unknown', 'This version does not exist.');
    const since = await this.codec.open(stored.slice(basedOn + 1));
    refuseConflicts(decider, command, since as unknown as readonly Recorded<Event>[]);
  }
}

/** Whether the aggregate's id was made for these commands, so that reading its stream would find nothing. */
function isNew<Command extends object, State, Event extends DomainEvent>(
  decider: Decider<Command, State, Event>,
  issued: readonly IssuedCommand<Command>[],
): boolean {
  return issued.every(({ command, context }) => context.newAggregate === decider.target(command));
}

function answered<Command extends object, State, Event extends DomainEvent>(
  decider: Decider<Command, State, Event>,
  stream: string,
  until: readonly Recorded<Event>[],
  events: readonly Recorded<Event>[],
): CommandResult<State, Event> {
  const last = until.at(-1);
  const state = fold(decider, until);
  return { stream, version: last?.revision ?? -1, position: last?.position ?? BEGINNING, events, state };
}
