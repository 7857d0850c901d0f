import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CommandRunner, IssuedBy, streamName } from '@ledgerdesk/event-store';
import { type CommandContext, DomainError } from '@ledgerdesk/kernel';
import { OpenTicket, ReceiveCustomerMessage } from '../domain/ticket.commands.js';
import { ticketDecider } from '../domain/ticket.decider.js';
import type { TicketOpened } from '../domain/ticket.events.js';
import { ticketView } from '../domain/ticket-view.fold.js';
import type { TicketChannel } from '../domain/ticket.js';
import { TicketViews, ticketNotFound } from '../queries/ticket-views.js';
import { DeliverMessage } from './deliver-message.js';
import type { TicketOutcome } from './open-ticket-for-requester.js';
import { TicketNumbers } from './ticket-numbers.js';

/** Refusals of a message that say: this needs a follow-up ticket. */
const NEEDS_FOLLOW_UP = ['ticket.closed', 'ticket.merged', 'ticket.trashed'];

/** The requester wrote again. When the ticket takes no more messages, a follow-up that is linked to it is opened instead. */
export class ReceiveMessage extends Command<TicketOutcome> {
  readonly message: ReceiveCustomerMessage;

  constructor(
    readonly ticketId: string,
    readonly followUpId: string,
    body: string,
    channel?: TicketChannel,
  ) {
    super();
    this.message = new ReceiveCustomerMessage(ticketId, body, channel);
  }
}

@CommandHandler(ReceiveMessage)
export class ReceiveMessageHandler implements ICommandHandler<ReceiveMessage> {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(TicketNumbers) private readonly numbers: TicketNumbers,
    @Inject(TicketViews) private readonly views: TicketViews,
    @Inject(DeliverMessage) private readonly delivery: DeliverMessage,
  ) {}

  async execute(command: ReceiveMessage): Promise<TicketOutcome> {
    const issued = IssuedBy.of(command).command;
    try {
      return await this.delivery.deliver(command.message, issued);
    } catch (error) {
      if (!(error instanceof DomainError) || !NEEDS_FOLLOW_UP.includes(error.code)) throw error;
      return this.#openFollowUp(command, issued);
    }
  }

  async #openFollowUp(
    { ticketId, followUpId, message }: ReceiveMessage,
    issued: CommandContext,
  ): Promise<TicketOutcome> {
    const events = await this.views.eventsOf(streamName('ticket', issued.workspaceId, ticketId));
    const opened = events.find((event): event is typeof event & TicketOpened => event.type === 'TicketOpened');
    const former = ticketView(events);
    if (!opened || !former) throw ticketNotFound();
    const followUp = new OpenTicket(followUpId, {
      number: await this.numbers.next(issued.workspaceId),
      subject: former.subject ?? `#${String(former.number)}`,
      body: message.body,
      channel: message.channel,
      priority: former.priority,
      category: former.category,
      subcategory: former.subcategory,
      requester: { ...former.requester, keyId: opened.data.requester.keyId },
      followUpOf: ticketId,
    });
    return this.runner.run(ticketDecider, followUp, issued);
  }
}
