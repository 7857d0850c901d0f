import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CommandRunner, DatabaseClock, IssuedBy, refuseUnseen, streamName } from '@ledgerdesk/event-store';
import { DomainError, fold } from '@ledgerdesk/kernel';
import { ticketDecider } from '../domain/ticket.decider.js';
import { undoing } from '../domain/undoing.js';
import { TicketViews } from '../queries/ticket-views.js';
import type { TicketOutcome } from './open-ticket-for-requester.js';

/** Takes back the change that led to a version of the ticket. */
export class UndoChange extends Command<TicketOutcome> {
  constructor(
    readonly ticketId: string,
    readonly version: number,
  ) {
    super();
  }
}

@CommandHandler(UndoChange)
export class UndoChangeHandler implements ICommandHandler<UndoChange> {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(TicketViews) private readonly views: TicketViews,
    @Inject(DatabaseClock) private readonly clock: DatabaseClock,
  ) {}

  async execute(undo: UndoChange): Promise<TicketOutcome> {
    const issued = IssuedBy.of(undo).command;
    const events = await this.views.eventsOf(streamName('ticket', issued.workspaceId, undo.ticketId));
    refuseUnseen('ticket', fold(ticketDecider, events), issued);
    const who = { actor: issued.actor, now: this.clock.now() };
    const { command, basedOn, eventId } = undoing(events, undo.version, who);
    try {
      return await this.runner.run(ticketDecider, command, { ...issued, basedOn, cause: `undo:${eventId}` });
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'stale') throw changedSince(error);
      throw error;
    }
  }
}

function changedSince({ conflicts }: DomainError): DomainError {
  const message = 'It was changed again since. Look at what it is now, and change it by hand if you still want to.';
  return new DomainError('conflict', 'undo.changed-since', message, conflicts);
}
