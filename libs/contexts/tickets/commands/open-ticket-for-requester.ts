import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Requesters } from '@ledgerdesk/customers';
import { CommandRunner, type CommandResult, IssuedBy } from '@ledgerdesk/event-store';
import { type CommandContext, DomainError } from '@ledgerdesk/kernel';
import { type NewTicket, OpenTicket } from '../domain/ticket.commands.js';
import { ticketDecider } from '../domain/ticket.decider.js';
import type { TicketEvent } from '../domain/ticket.events.js';
import type { Ticket } from '../domain/ticket.js';
import { TicketNumbers } from './ticket-numbers.js';

export interface TicketRequest extends Omit<NewTicket, 'number' | 'requester'> {
  readonly requester: { readonly email: string; readonly name: string };
}

export type TicketOutcome = CommandResult<Ticket | null, TicketEvent>;

/** Opens a ticket for whoever has the address; a customer is registered when nobody has it. */
export class OpenTicketForRequester extends Command<TicketOutcome> {
  /** The ticket as far as it is known; making it refuses bad texts before anybody is registered. */
  readonly draft: OpenTicket;

  constructor(
    readonly ticketId: string,
    readonly request: TicketRequest,
  ) {
    super();
    this.draft = new OpenTicket(ticketId, { ...request, number: 0, requester: { customerId: '', keyId: '' } });
  }
}

@CommandHandler(OpenTicketForRequester)
export class OpenTicketForRequesterHandler implements ICommandHandler<OpenTicketForRequester> {
  constructor(
    @Inject(Requesters) private readonly requesters: Requesters,
    @Inject(TicketNumbers) private readonly numbers: TicketNumbers,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {}

  async execute(command: OpenTicketForRequester): Promise<TicketOutcome> {
    const issued = IssuedBy.of(command).command;
    // What the decision would refuse anyway registers nobody and takes no number.
    ticketDecider.decide(command.draft, null, { actor: issued.actor, now: 0 });
    try {
      return await this.#open(command, issued);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'person.erased') throw error;
      // Whom this process remembers behind the address was erased: by now it may be free for somebody new.
      this.requesters.forget(command.request.requester.email, issued.workspaceId);
      return this.#open(command, issued);
    }
  }

  async #open(command: OpenTicketForRequester, issued: CommandContext): Promise<TicketOutcome> {
    const { email, name } = command.request.requester;
    const [requester, number] = await Promise.all([
      this.requesters.of(email, name, issued),
      this.numbers.next(issued.workspaceId),
    ]);
    const open = new OpenTicket(command.ticketId, {
      ...command.request,
      number,
      requester: { ...requester, name: name.trim(), address: email.trim() },
    });
    return this.runner.run(ticketDecider, open, issued);
  }
}
