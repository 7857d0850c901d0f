import { Inject, Injectable } from '@nestjs/common';
import { CommandRunner, refuseUnseen, streamName } from '@ledgerdesk/event-store';
import { type CommandContext, DomainError, fold, nameId, type Recorded } from '@ledgerdesk/kernel';
import { ticketDecider } from '../domain/ticket.decider.js';
import type { TicketCommand } from '../domain/ticket.commands.js';
import type { TicketEvent } from '../domain/ticket.events.js';
import type { Ticket } from '../domain/ticket.js';
import { TicketViews, ticketNotFound } from '../queries/ticket-views.js';
import type { Asking } from '../queries/ticket-states.js';
import type { TicketOutcome } from './open-ticket-for-requester.js';

export interface KnownTicket {
  readonly ticket: Ticket;
  /** Readable. */
  readonly events: readonly Recorded<TicketEvent>[];
}

/** What the processes over several tickets go by. */
export type TicketLedger = Pick<TicketStreams, 'of' | 'run' | 'runAsSeen'>;

const ATTEMPTS = 10;

/** What processes over several tickets need: tickets as they are in the ledger now, and commands that come out alike every time. */
@Injectable()
export class TicketStreams {
  constructor(
    @Inject(TicketViews) private readonly views: TicketViews,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {}

  /** @throws DomainError not-found `ticket.not-found`, also for one that who asks does not see */
  async of({ workspaceId, sees }: Asking, ticketId: string): Promise<KnownTicket> {
    const events = await this.views.eventsOf(streamName('ticket', workspaceId, ticketId));
    const ticket = fold(ticketDecider, events);
    if (!ticket) throw ticketNotFound();
    refuseUnseen('ticket', ticket, { sees });
    return { ticket, events };
  }

  run(command: TicketCommand, context: CommandContext): Promise<TicketOutcome> {
    return this.runner.run(ticketDecider, command, context);
  }

  /** A command that tells what it read: read and told again when somebody was faster. */
  async runAsSeen(make: () => Promise<TicketCommand>, context: CommandContext): Promise<TicketOutcome> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.run(await make(), context);
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== 'version.busy' || attempt === ATTEMPTS) throw error;
      }
    }
  }
}

/**
 * The context of a later step of a process: whoever takes the step, and however often, it has the same command id and is
 * appended once. It is based on no version of its own, and not confined to what the finder sees: they were asked when it began.
 */
export function stepOf(context: CommandContext, step: string, processId: string): CommandContext {
  const { basedOn: _basedOn, newAggregate: _newAggregate, sees: _sees, ...rest } = context;
  return { ...rest, commandId: nameId(step, processId), causationId: context.causationId ?? context.commandId };
}
