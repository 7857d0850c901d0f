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
import { isAbsorbed } from '../domain/ticket-union.js';
import { Merges } from './merges.js';
import type { TicketOutcome } from './open-ticket-for-requester.js';
import { TicketNumbers } from './ticket-numbers.js';
import { TicketStreams } from './ticket-streams.js';
import { Unmerges } from './unmerges.js';

/** Refusals of a message that say: this needs a follow-up ticket. */
const NEEDS_FOLLOW_UP = ['ticket.closed', 'ticket.merged', 'ticket.trashed'];

/** Tries of one message, each at another ticket or after something was ended: merges are chains of at most this length. */
const MOST_STEPS = 60;

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
    @Inject(TicketStreams) private readonly states: TicketStreams,
    @Inject(Merges) private readonly merges: Merges,
    @Inject(Unmerges) private readonly unmerges: Unmerges,
  ) {}

  async execute(command: ReceiveMessage): Promise<TicketOutcome> {
    const issued = IssuedBy.of(command).command;
    try {
      return await this.#deliver(command.message, issued);
    } catch (error) {
      if (!(error instanceof DomainError) || !NEEDS_FOLLOW_UP.includes(error.code)) throw error;
      return this.#openFollowUp(command, issued);
    }
  }

  /**
   * To the ticket itself, or to the one where its story goes on. A merge or unmerge that is under way is brought to its end first, so
   * that the message has exactly one place to go to.
   */
  async #deliver(message: ReceiveCustomerMessage, issued: CommandContext): Promise<TicketOutcome> {
    const { ticketId, body, channel } = message;
    let at = ticketId;
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const addressed = at === ticketId ? message : new ReceiveCustomerMessage(at, body, channel, ticketId);
      try {
        return await this.runner.run(ticketDecider, addressed, issued);
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
      await this.merges.finish(at, issued).catch((error: unknown) => {
        if (!(error instanceof DomainError)) throw error;
      });
      return at;
    }
    if (code === 'ticket.merged') {
      const { ticket } = await this.states.of(issued.workspaceId, at);
      return ticket.mergedInto?.target.ticketId;
    }
    if (code === 'ticket.not-absorbed') {
      await this.#finishUnmerge(ticketId, issued);
      return ticketId;
    }
    return undefined;
  }

  /** Somewhere between the ticket and the end of its merges a target has released what still believes to be merged. */
  async #finishUnmerge(ticketId: string, issued: CommandContext): Promise<void> {
    let at = ticketId;
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const { ticket } = await this.states.of(issued.workspaceId, at);
      const target = ticket.mergedInto?.target.ticketId;
      if (target === undefined) return;
      const held = (await this.states.of(issued.workspaceId, target)).ticket;
      if (!isAbsorbed(held, at)) return this.unmerges.finish(target, at, issued);
      at = target;
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
