import { Inject, Injectable } from '@nestjs/common';
import { type CommandContext, DomainError } from '@ledgerdesk/kernel';
import { ReceiveCustomerMessage } from '../domain/ticket.commands.js';
import { isAbsorbed } from '../domain/ticket-union.js';
import { Merges } from './merges.js';
import type { TicketOutcome } from './open-ticket-for-requester.js';
import { type TicketLedger, TicketStreams } from './ticket-streams.js';
import { Unmerges } from './unmerges.js';

/** Tries of one message, each at another ticket or after something was ended: merges are chains of at most this length. */
const MOST_STEPS = 60;

/**
 * Brings a message to the ticket that it is for, or to the one where the story of that goes on. A merge or unmerge that is under way is
 * brought to its end first, so that the message has exactly one place to go to.
 */
@Injectable()
export class DeliverMessage {
  constructor(
    @Inject(TicketStreams) private readonly states: TicketLedger,
    @Inject(Merges) private readonly merges: Merges,
    @Inject(Unmerges) private readonly unmerges: Unmerges,
  ) {}

  /** @throws DomainError the refusals of the ticket in the end */
  async deliver(message: ReceiveCustomerMessage, issued: CommandContext): Promise<TicketOutcome> {
    const { ticketId, body, channel } = message;
    let at = ticketId;
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const addressed = at === ticketId ? message : new ReceiveCustomerMessage(at, body, channel, ticketId);
      try {
        return await this.states.run(addressed, issued);
      } catch (error) {
        const next = error instanceof DomainError ? await this.#next(error.code, at, ticketId, issued) : undefined;
        if (next === undefined) throw error;
        at = next;
      }
    }
    throw new DomainError('conflict', 'version.busy', 'Too many changes at the same time.');
  }

  /** Where to try next; undefined when the refusal stands. */
  async #next(code: string, at: string, ticketId: string, issued: CommandContext): Promise<string | undefined> {
    if (code === 'ticket.merging') {
      await this.merges.finish(at, issued).catch(unlessRefused);
      return at;
    }
    if (code === 'ticket.merged') {
      const { ticket } = await this.states.of({ workspaceId: issued.workspaceId }, at);
      return ticket.mergedInto?.target.ticketId;
    }
    if (code !== 'ticket.not-absorbed') return undefined;
    await this.#finishUnmerge(ticketId, issued);
    return ticketId;
  }

  /** Somewhere between the ticket and the end of its merges a target has released what still believes to be merged. */
  async #finishUnmerge(ticketId: string, issued: CommandContext): Promise<void> {
    let at = ticketId;
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const { ticket } = await this.states.of({ workspaceId: issued.workspaceId }, at);
      const target = ticket.mergedInto?.target.ticketId;
      if (target === undefined) return;
      const held = (await this.states.of({ workspaceId: issued.workspaceId }, target)).ticket;
      if (!isAbsorbed(held, at)) return this.unmerges.finish(target, at, issued);
      at = target;
    }
  }
}

/** That a target refused is an end of the merge, too. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof DomainError)) throw error;
}
