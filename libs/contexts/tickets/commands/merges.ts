import { Inject, Injectable } from '@nestjs/common';
import { type CommandContext, DomainError } from '@ledgerdesk/kernel';
import { AbsorbTicket, CompleteMerge, RefuseMerge, ReleaseTicket, RequestMerge } from '../domain/ticket.commands.js';
import type { MergeRefused, TicketEvent } from '../domain/ticket.events.js';
import type { Ticket } from '../domain/ticket.js';
import { groupOf, unionWaitingSince } from '../domain/ticket-union.js';
import type { TicketOutcome } from './open-ticket-for-requester.js';
import { stepOf, type TicketLedger, TicketStreams } from './ticket-streams.js';

export interface MergeOrder {
  readonly sourceId: string;
  readonly targetId: string;
  /** The requesters may differ. */
  readonly confirmed: boolean;
}

/**
 * A merge is three facts in two streams: requested on the source, absorbed by the target, merged (or refused) on the source.
 * Between the first and the last nobody else writes to the source, so every step can be repeated by anybody who finds it undone:
 * the request itself, the reaction `finish-merge` after a crash, or a message that arrives meanwhile.
 */
@Injectable()
export class Merges {
  constructor(@Inject(TicketStreams) private readonly states: TicketLedger) {}

  /** @throws DomainError the refusals of source and target, after the source is back where it was */
  async merge({ sourceId, targetId, confirmed }: MergeOrder, issued: CommandContext): Promise<TicketOutcome> {
    const { commandId: mergeId } = issued;
    const { ticket: target } = await this.states.of(issued, targetId);
    const { number, requester } = target;
    const into = { ticketId: targetId, number, customerId: requester.customerId };
    const requested = await this.states.run(new RequestMerge(sourceId, mergeId, into, confirmed), issued);
    return (await this.finish(sourceId, issued)) ?? this.#repeated(requested, sourceId, mergeId, issued);
  }

  /**
   * Brings a merge to its end, whoever began it; undefined when none is under way.
   * @throws DomainError why the target refused
   */
  async finish(sourceId: string, issued: CommandContext): Promise<TicketOutcome | undefined> {
    const { ticket: source } = await this.states.of({ workspaceId: issued.workspaceId }, sourceId);
    if (!source.merging) return undefined;
    const { mergeId, target } = source.merging;
    const refusal = await this.#absorb(source, target.ticketId, mergeId, issued);
    if (refusal) {
      const because = new RefuseMerge(sourceId, mergeId, refusal.code);
      await this.states.run(because, stepOf(issued, 'refuse-merge', mergeId));
    } else {
      await this.states.run(new CompleteMerge(sourceId, mergeId), stepOf(issued, 'complete-merge', mergeId));
    }
    return this.#ended(source, target.ticketId, mergeId, issued);
  }

  /** Gives back what a target absorbed for a merge that was refused in the end: two had finished it and saw the target differ. */
  async compensate(sourceId: string, targetId: string, mergeId: string, issued: CommandContext): Promise<void> {
    const { ticket } = await this.states.of({ workspaceId: issued.workspaceId }, sourceId);
    if (ticket.merging?.mergeId === mergeId || ticket.mergedInto?.mergeId === mergeId) return;
    const release = new ReleaseTicket(targetId, sourceId, [], 0, mergeId);
    await this.states.run(release, stepOf(issued, 'compensate-merge', mergeId));
  }

  async #absorb(
    source: Ticket,
    targetId: string,
    mergeId: string,
    issued: CommandContext,
  ): Promise<DomainError | undefined> {
    const { messages, notes } = source.conversation;
    const waitingSince = unionWaitingSince(source);
    const absorption = { mergeId, group: groupOf(source), messages, notes, waitingSince };
    try {
      await this.states.run(new AbsorbTicket(targetId, absorption), stepOf(issued, 'absorb-ticket', mergeId));
      return undefined;
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'version.busy') throw error;
      return error;
    }
  }

  /** How it ended, which another finisher may have decided. */
  async #ended(source: Ticket, targetId: string, mergeId: string, issued: CommandContext): Promise<TicketOutcome> {
    await this.compensate(source.id, targetId, mergeId, issued);
    const again = stepOf(issued, 'complete-merge', mergeId);
    const outcome = await this.states.run(new CompleteMerge(source.id, mergeId), again);
    if (outcome.events.length > 0) return outcome;
    const { events } = await this.states.of({ workspaceId: issued.workspaceId }, source.id);
    throw refusalIn(events, mergeId);
  }

  /** The answer to a request that had been carried out before. */
  async #repeated(
    requested: TicketOutcome,
    sourceId: string,
    mergeId: string,
    issued: CommandContext,
  ): Promise<TicketOutcome> {
    const { events } = await this.states.of({ workspaceId: issued.workspaceId }, sourceId);
    if (events.some((event) => event.type === 'MergeRefused' && event.data.mergeId === mergeId)) {
      throw refusalIn(events, mergeId);
    }
    const done = stepOf(issued, 'complete-merge', mergeId);
    const outcome = await this.states.run(new CompleteMerge(sourceId, mergeId), done);
    return outcome.events.length > 0 ? outcome : requested;
  }
}

function refusalIn(events: readonly TicketEvent[], mergeId: string): DomainError {
  const refused = events.find(
    (event): event is MergeRefused => event.type === 'MergeRefused' && event.data.mergeId === mergeId,
  );
  const code = refused?.data.because ?? 'ticket.merging';
  return new DomainError('conflict', code, 'The other ticket could not take it, so nothing was merged.');
}
