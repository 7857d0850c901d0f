import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { IssuedBy } from '@ledgerdesk/event-store';
import { Answer } from '@ledgerdesk/http';
import { actorOf, type CommandContext, DomainError } from '@ledgerdesk/kernel';
import { Directory, type Workspace } from '@ledgerdesk/workspaces';
import { type Named, NamedThings } from '../commands/named-things.js';
import { stepOf } from '../commands/ticket-streams.js';
import type { TicketOutcome } from '../commands/open-ticket-for-requester.js';
import type { TicketView } from '../domain/ticket-view.js';
import { messagesSeen } from '../domain/messages-seen.js';
import { AssignTicket, SolveTicket } from '../domain/ticket.commands.js';
import { TicketStates } from '../queries/ticket-states.js';
import { TicketViews } from '../queries/ticket-views.js';

/** Carries a ticket command from a route to the ledger and answers with the ticket as it is then. */
@Injectable()
export class TicketDesk {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(TicketViews) private readonly views: TicketViews,
    @Inject(NamedThings) private readonly things: NamedThings,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(TicketStates) private readonly states: TicketStates,
  ) {}

  /**
   * @param named what else the command names: all of it must exist in the workspace
   * @throws DomainError the command's refusals, and not-found for a ticket, member or team that the workspace does not have
   */
  async execute(command: object, issued: CommandContext, named: Named = {}): Promise<Answer<TicketView>> {
    await this.things.refuseUnknown(issued.workspaceId, named);
    if (named.ticket != null && issued.sees) await this.states.of(issued, named.ticket);
    return this.#answer(await this.#run(command, issued));
  }

  /**
   * For commands that make a ticket: one that its maker would not see goes to them, because nobody of their kind would either.
   * Throws like `execute`.
   */
  async make(command: object, issued: CommandContext): Promise<Answer<TicketView>> {
    const made = await this.#run(command, issued);
    if (!made.state || issued.sees?.('ticket', made.state) !== false) return this.#answer(made);
    const keep = new AssignTicket(made.state.id, actorOf(issued.actor).id);
    return this.#answer(await this.#run(keep, stepOf(issued, 'keep-in-sight', issued.commandId)));
  }

  #run(command: object, issued: CommandContext): Promise<TicketOutcome> {
    return this.commands.execute<object, TicketOutcome>(command, new IssuedBy(issued));
  }

  async #answer({ stream, version, position, events }: TicketOutcome): Promise<Answer<TicketView>> {
    const view = await this.views.after(stream, version, events);
    return new Answer(view, { version: view.version, position });
  }

  /** The command that solves a ticket under the settings that its workspace has now. */
  async solving(ticketId: string, { workspaceId }: CommandContext): Promise<SolveTicket> {
    return new SolveTicket(ticketId, await this.#workspace(workspaceId));
  }

  /**
   * How many messages a writer knows of who has seen a version; undefined when the reply has been sent by an earlier try.
   * @throws DomainError `ticket.new-message` when somebody else has written since
   */
  async messagesSeen(ticketId: string, seenVersion: number, issued: CommandContext): Promise<number | undefined> {
    const { events } = await this.states.of(issued, ticketId);
    if (events.some(({ metadata }) => metadata.commandId === issued.commandId)) return undefined;
    return messagesSeen(events, seenVersion, issued.actor);
  }

  /** How long a reply of the workspace can be taken back, in seconds. */
  async undoSendSeconds({ workspaceId }: Pick<CommandContext, 'workspaceId'>): Promise<number> {
    return (await this.#workspace(workspaceId)).undoSendSeconds;
  }

  async #workspace(workspaceId: string): Promise<Workspace> {
    const workspace = await this.directory.workspace(workspaceId);
    if (!workspace) throw new DomainError('not-found', 'workspace.not-found', 'There is no such workspace.');
    return workspace;
  }
}
