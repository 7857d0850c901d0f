import { Inject, Injectable } from '@nestjs/common';
import { type CommandContext, DomainError, type Recorded } from '@ledgerdesk/kernel';
import { CompleteUnmerge, ReleaseTicket } from '../domain/ticket.commands.js';
import type { Released, TicketEvent } from '../domain/ticket.events.js';
import type { TicketOutcome } from './open-ticket-for-requester.js';
import { stepOf, type TicketLedger, TicketStreams } from './ticket-streams.js';

/**
 * An unmerge is two facts: the target releases, which can be refused, and the source is back, which can not. After a crash between
 * them the reaction `finish-unmerge` takes the second step.
 */
@Injectable()
export class Unmerges {
  constructor(@Inject(TicketStreams) private readonly states: TicketLedger) {}

  /** @throws DomainError `ticket.not-merged`, stale `version.stale`, and the refusals of the target */
  async unmerge(sourceId: string, issued: CommandContext): Promise<TicketOutcome> {
    const { commandId, basedOn } = issued;
    const { ticket: source, events } = await this.states.of(issued, sourceId);
    const before = events.find((event) => event.type === 'Unmerged' && event.metadata.causationId === commandId);
    if (before?.type === 'Unmerged') return this.#complete(before.data.target.ticketId, before.data.mergeId, issued);
    if (!source.mergedInto) {
      throw new DomainError('conflict', 'ticket.not-merged', 'The ticket is not merged into another one.');
    }
    if (basedOn !== undefined && basedOn !== source.version) {
      throw new DomainError('stale', 'version.stale', 'The ticket has changed in the meantime. Look at it again.');
    }
    const { mergeId, target } = source.mergedInto;
    const { basedOn: _basedOn, ...context } = issued;
    try {
      await this.states.runAsSeen(() => this.#release(issued, target.ticketId, sourceId), context);
    } catch (error) {
      // Somebody else was stopped after the first step.
      if (!(error instanceof DomainError) || error.code !== 'ticket.not-absorbed') throw error;
    }
    return this.#complete(target.ticketId, mergeId, issued);
  }

  /** The second step, as the target's event tells it. Quiet when it was taken, or the merge had been refused. */
  async finish(targetId: string, sourceId: string, issued: CommandContext): Promise<void> {
    const { ticket } = await this.states.of({ workspaceId: issued.workspaceId }, sourceId);
    if (ticket.mergedInto) await this.#complete(targetId, ticket.mergedInto.mergeId, issued);
  }

  async #release(issued: CommandContext, targetId: string, sourceId: string): Promise<ReleaseTicket> {
    const { ticket, events } = await this.states.of(issued, targetId);
    const absorbed = ticket.absorbed.find(({ group }) => group[0]?.ticketId === sourceId);
    const begin = events.findLastIndex(
      (event) => event.type === 'Absorbed' && event.data.mergeId === absorbed?.mergeId,
    );
    const members = absorbed?.group.map((member) => member.ticketId) ?? [];
    const messages = events
      .slice(begin + 1)
      .filter((event) => isFor(event, members) && !ticket.moved.includes(event.id));
    const ids = messages.map(({ id }) => id);
    return new ReleaseTicket(targetId, sourceId, ids, ticket.version);
  }

  async #complete(targetId: string, mergeId: string, issued: CommandContext): Promise<TicketOutcome> {
    const { ticket, events } = await this.states.of({ workspaceId: issued.workspaceId }, targetId);
    const released = events.find(
      (event): event is Recorded<Released> => event.type === 'Released' && event.data.mergeId === mergeId,
    );
    if (!released) throw stillMerged(ticket.id);
    const { source, messages, sourceWaitingSince } = released.data;
    const context = { ...stepOf(issued, 'complete-unmerge', mergeId), causationId: released.metadata.commandId };
    return this.states.run(new CompleteUnmerge(source.ticketId, mergeId, messages, sourceWaitingSince), context);
  }
}

function isFor(event: TicketEvent, members: readonly string[]): boolean {
  return event.type === 'CustomerMessageReceived' && members.includes(event.data.addressedTo ?? '');
}

function stillMerged(targetId: string): DomainError {
  return new DomainError('conflict', 'ticket.not-absorbed', `Ticket ${targetId} has not released it.`);
}
