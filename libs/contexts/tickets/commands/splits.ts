import { Inject, Injectable } from '@nestjs/common';
import { type CommandContext, DomainError, type Recorded } from '@ledgerdesk/kernel';
import { OpenSplitTicket, type SplitOff, SplitTicket } from '../domain/ticket.commands.js';
import type { TicketEvent, TicketSplit } from '../domain/ticket.events.js';
import { ticketView } from '../domain/ticket-view.fold.js';
import { ticketDecider } from '../domain/ticket.decider.js';
import { timelineEntry } from '../domain/timeline-entry.js';
import { unanswered } from '../domain/unanswered.js';
import { ticketNotFound } from '../queries/ticket-views.js';
import type { TicketOutcome } from './open-ticket-for-requester.js';
import { stepOf, type TicketLedger, TicketStreams } from './ticket-streams.js';

export interface SplitOrder {
  readonly ticketId: string;
  /** Id of the new ticket. */
  readonly intoId: string;
  /** Event ids. */
  readonly messages: readonly string[];
  /** The subject of the ticket when absent. */
  readonly subject: string | undefined;
  /** Asked only when the split is allowed: the number of the new ticket, and who it is about if not the same person. */
  readonly prepare: () => Promise<Prepared>;
}

export interface Prepared {
  readonly number: number;
  readonly requester: SplitOff['requester'] | undefined;
}

/**
 * A split is two facts: the ticket gives up messages, which can be refused, and the new ticket takes them, which can not. After a crash
 * between them the reaction `finish-split` takes the second step.
 */
@Injectable()
export class Splits {
  constructor(@Inject(TicketStreams) private readonly states: TicketLedger) {}

  /** @throws DomainError not-found `ticket.message-not-found`, invalid `ticket.not-a-message`, and the refusals of the ticket */
  async split(order: SplitOrder, issued: CommandContext): Promise<TicketOutcome> {
    const outcome = await this.states.runAsSeen(() => this.#splitting(order, issued), issued);
    const split = outcome.events.find(({ type }) => type === 'TicketSplit');
    if (!split) throw new TypeError('A ticket was split without saying so.');
    return this.finish(order.ticketId, split.id, issued);
  }

  /** The second step; quiet when it was taken before. */
  async finish(ticketId: string, splitId: string, issued: CommandContext): Promise<TicketOutcome> {
    const { ticket, events } = await this.states.of({ workspaceId: issued.workspaceId }, ticketId);
    const split = events.find((event): event is Recorded<TicketSplit> => event.id === splitId && isSplit(event));
    if (!split) throw ticketNotFound();
    const origin = { ticketId, number: ticket.number };
    return this.states.run(new OpenSplitTicket(origin, split.data), stepOf(issued, 'open-split-ticket', splitId));
  }

  async #splitting(order: SplitOrder, issued: CommandContext): Promise<SplitTicket> {
    const { ticketId, intoId, messages } = order;
    const { actor, commandId } = issued;
    const { ticket, events } = await this.states.of(issued, ticketId);
    const view = ticketView(events);
    if (!view) throw ticketNotFound();
    const chosen = chosenOf(events, messages, ticketId);
    const waiting = unanswered(events);
    const noteCount = chosen.filter(({ kind }) => kind === 'note').length;
    const { name, address } = view.requester;
    const off: SplitOff = {
      into: { ticketId: intoId, number: 0 },
      subject: order.subject ?? view.subject ?? `#${String(view.number)}`,
      channel: view.channel,
      requester: { ...ticket.requester, name, address },
      messages: chosen.map(({ id }) => id),
      messageCount: chosen.length - noteCount,
      noteCount,
      ownWaitingSince: waiting.find(({ id }) => !messages.includes(id))?.at ?? null,
      takenWaitingSince: waiting.find(({ id }) => messages.includes(id))?.at ?? null,
      seen: ticket.version,
    };
    // An earlier try of this command has split it: its event answers.
    if (events.some(({ metadata }) => metadata.commandId === commandId)) return new SplitTicket(ticketId, off);
    // What the decision would refuse anyway registers nobody and takes no number.
    ticketDecider.decide(new SplitTicket(ticketId, off), ticket, { actor, now: 0 });
    const { number, requester = off.requester } = await order.prepare();
    return new SplitTicket(ticketId, { ...off, into: { ticketId: intoId, number }, requester });
  }
}

function isSplit(event: TicketEvent): event is TicketSplit {
  return event.type === 'TicketSplit';
}

const MESSAGES = ['customer_message', 'public_reply', 'note'] as const;
interface Message {
  readonly id: string;
  readonly kind: (typeof MESSAGES)[number];
}

/** The messages in the order in which they were written. */
function chosenOf(
  events: readonly Recorded<TicketEvent>[],
  ids: readonly string[],
  ticketId: string,
): readonly Message[] {
  const chosen = events.filter(({ id }) => ids.includes(id)).map((event) => timelineEntry(event, ticketId));
  if (chosen.length < new Set(ids).size) {
    throw new DomainError(
      'not-found',
      'ticket.message-not-found',
      'Only messages that were written in this ticket can be split off.',
    );
  }
  return chosen.map(({ id, kind }) => {
    const known = MESSAGES.find((message) => message === kind);
    if (known) return { id, kind: known };
    throw new DomainError('invalid', 'ticket.not-a-message', 'Messages and notes can be split off, nothing else.');
  });
}
