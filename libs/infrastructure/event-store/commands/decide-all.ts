import type { CommandContext, Decider, DomainEvent } from '@ledgerdesk/kernel';
import { nameId } from '@ledgerdesk/kernel';
import type { NewEvent } from '../codec/event-codec.js';
import type { Loaded } from './load.js';

/** One command for one aggregate, with its context. */
export interface IssuedCommand<Command extends object> {
  readonly command: Command;
  readonly context: CommandContext;
}

/**
 * The events of `issued`, decided one after another. Event ids derive from the command's id, so that a retry makes the same.
 * An event never happens before the one it follows nor in the future; a decision is made as of the instant it happened.
 * @param recordedAt milliseconds since the epoch
 */
export function decideAll<Command extends object, State, Event extends DomainEvent>(
  decider: Decider<Command, State, Event>,
  issued: readonly IssuedCommand<Command>[],
  loaded: Loaded<State, Event>,
  recordedAt: number,
): readonly NewEvent<Event>[] {
  const decided: NewEvent<Event>[] = [];
  let { state } = loaded;
  let occurredAt = instant(loaded.events.at(-1)?.metadata.occurredAt) ?? 0;
  for (const { command, context } of issued) {
    occurredAt = Math.max(occurredAt, Math.min(instant(context.occurredAt) ?? recordedAt, recordedAt));
    const events = decider.decide(command, state, { actor: context.actor, now: occurredAt });
    for (const [index, event] of events.entries()) {
      const metadata = metadataOf(command, context, occurredAt, recordedAt);
      decided.push({ id: nameId('event', context.commandId, String(index)), event, metadata });
      // Version and hashes come with the bytes; no state depends on them.
      state = decider.evolve(state, event, { ...metadata, v: '1', previousHash: '', hash: '' });
    }
  }
  return decided;
}

function metadataOf(
  command: object,
  context: CommandContext,
  occurredAt: number,
  recordedAt: number,
): NewEvent['metadata'] {
  const { workspaceId, actor, cause, commandId, correlationId, causationId, requestId, imported, impersonatedBy } =
    context;
  return {
    workspaceId,
    actor,
    cause: cause ?? `command:${command.constructor.name}`,
    commandId,
    correlationId,
    occurredAt: new Date(occurredAt).toISOString(),
    recordedAt: new Date(recordedAt).toISOString(),
    ...(causationId !== undefined && { causationId }),
    ...(requestId !== undefined && { requestId }),
    ...(impersonatedBy !== undefined && { impersonatedBy }),
    ...(imported && { imported: 'true' }),
  };
}

function instant(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds)) throw new TypeError('An instant must be RFC 3339 text.');
  return milliseconds;
}
