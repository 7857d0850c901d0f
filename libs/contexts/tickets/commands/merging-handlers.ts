import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Requesters } from '@ledgerdesk/customers';
import { IssuedBy } from '@ledgerdesk/event-store';
import type { SplitOff } from '../domain/ticket.commands.js';
import { subjectText } from '../domain/ticket-text.js';
import { Merges, type MergeOrder } from './merges.js';
import type { TicketOutcome } from './open-ticket-for-requester.js';
import { type Prepared, Splits } from './splits.js';
import { TicketNumbers } from './ticket-numbers.js';
import { Unmerges } from './unmerges.js';

/** A ticket becomes part of another one. */
export class MergeTicket extends Command<TicketOutcome> {
  constructor(readonly order: MergeOrder) {
    super();
  }
}

@CommandHandler(MergeTicket)
export class MergeTicketHandler implements ICommandHandler<MergeTicket> {
  constructor(@Inject(Merges) private readonly merges: Merges) {}

  execute(command: MergeTicket): Promise<TicketOutcome> {
    return this.merges.merge(command.order, IssuedBy.of(command).command);
  }
}

/** A merged ticket is one of its own again. */
export class UnmergeTicket extends Command<TicketOutcome> {
  constructor(readonly ticketId: string) {
    super();
  }
}

@CommandHandler(UnmergeTicket)
export class UnmergeTicketHandler implements ICommandHandler<UnmergeTicket> {
  constructor(@Inject(Unmerges) private readonly unmerges: Unmerges) {}

  execute(command: UnmergeTicket): Promise<TicketOutcome> {
    return this.unmerges.unmerge(command.ticketId, IssuedBy.of(command).command);
  }
}

export interface SplitWish {
  readonly messages: readonly string[];
  readonly subject?: string | undefined;
  /** Somebody else than the requester; registered when nobody has the address. */
  readonly requester?: { readonly email: string; readonly name: string } | undefined;
}

/** Messages of a ticket go on in a new one; the outcome is that of the new one. */
export class SplitTicketFor extends Command<TicketOutcome> {
  constructor(
    readonly ticketId: string,
    readonly newTicketId: string,
    readonly wish: SplitWish,
  ) {
    super();
    if (wish.subject !== undefined) subjectText(wish.subject);
  }
}

@CommandHandler(SplitTicketFor)
export class SplitTicketForHandler implements ICommandHandler<SplitTicketFor> {
  constructor(
    @Inject(Splits) private readonly splits: Splits,
    @Inject(Requesters) private readonly requesters: Requesters,
    @Inject(TicketNumbers) private readonly numbers: TicketNumbers,
  ) {}

  async execute(command: SplitTicketFor): Promise<TicketOutcome> {
    const issued = IssuedBy.of(command).command;
    const { ticketId, newTicketId, wish } = command;
    const prepare = async (): Promise<Prepared> => ({
      number: await this.numbers.next(issued.workspaceId),
      requester: wish.requester && (await this.#requester(wish.requester, command)),
    });
    const { messages, subject } = wish;
    return this.splits.split({ ticketId, intoId: newTicketId, messages, subject, prepare }, issued);
  }

  async #requester(
    { email, name }: NonNullable<SplitWish['requester']>,
    command: SplitTicketFor,
  ): Promise<SplitOff['requester']> {
    const requester = await this.requesters.of(email, name, IssuedBy.of(command).command);
    return { ...requester, name: name.trim(), address: email.trim() };
  }
}
