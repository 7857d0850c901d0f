import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { IssuedBy, streamName } from '@ledgerdesk/event-store';
import { Answer, ProblemError } from '@ledgerdesk/http';
import { type CommandContext, DomainError } from '@ledgerdesk/kernel';
import { Directory } from '@ledgerdesk/workspaces';
import { type Named, NamedThings } from '../commands/named-things.js';
import type { TicketOutcome } from '../commands/open-ticket-for-requester.js';
import type { TicketView } from '../domain/ticket-view.js';
import { SolveTicket } from '../domain/ticket.commands.js';
import { TicketViews } from '../queries/ticket-views.js';
import { newMessage } from './ticket.problems.js';

/** Carries a ticket command from a route to the ledger and answers with the ticket as it is then. */
@Injectable()
export class TicketDesk {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(TicketViews) private readonly views: TicketViews,
    @Inject(NamedThings) private readonly things: NamedThings,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  /**
   * @param named what else the command names: all of it must exist in the workspace
   * @throws DomainError the command's refusals, and not-found for a ticket, member or team that the workspace does not have
   */
  async execute(command: object, issued: CommandContext, named: Named = {}): Promise<Answer<TicketView>> {
    await this.things.refuseUnknown(issued.workspaceId, named);
    const context = new IssuedBy(issued);
    const { stream, version, position, events } = await this.commands.execute<object, TicketOutcome>(command, context);
    const view = await this.views.after(stream, version, events);
    return new Answer(view, { version: view.version, position });
  }

  /** The command that solves a ticket under the settings that its workspace has now. */
  async solving(ticketId: string, { workspaceId }: CommandContext): Promise<SolveTicket> {
    const workspace = await this.directory.workspace(workspaceId);
    if (!workspace) throw new DomainError('not-found', 'workspace.not-found', 'There is no such workspace.');
    return new SolveTicket(ticketId, workspace);
  }

  /** @throws ProblemError 409 `ticket.new-message` when a message arrived after `seenVersion` */
  async holdIfSomethingArrived(ticketId: string, seenVersion: number, issued: CommandContext): Promise<void> {
    const events = await this.views.eventsOf(streamName('ticket', issued.workspaceId, ticketId));
    const arrived = events.some(
      ({ type, revision, metadata }) =>
        revision > seenVersion &&
        metadata.commandId !== issued.commandId &&
        (type === 'CustomerMessageReceived' || type === 'PublicReplySent'),
    );
    if (arrived) throw new ProblemError(newMessage);
  }
}
