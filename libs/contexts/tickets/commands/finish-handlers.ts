import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IssuedBy } from '@ledgerdesk/event-store';
import { DomainError } from '@ledgerdesk/kernel';
import { Merges } from './merges.js';
import { Splits } from './splits.js';
import { type TicketLedger, TicketStreams } from './ticket-streams.js';
import { Unmerges } from './unmerges.js';

/** Takes the steps of a merge that are missing, seen from the stream that its last event stands in. */
export class FinishMerge extends Command<void> {
  constructor(
    readonly sourceId: string,
    /** Set when a target says that it has absorbed the source. */
    readonly targetId: string | null,
  ) {
    super();
  }
}

@CommandHandler(FinishMerge)
export class FinishMergeHandler implements ICommandHandler<FinishMerge> {
  constructor(
    @Inject(Merges) private readonly merges: Merges,
    @Inject(TicketStreams) private readonly states: TicketLedger,
  ) {}

  async execute(command: FinishMerge): Promise<void> {
    const issued = IssuedBy.of(command).command;
    const { sourceId, targetId } = command;
    try {
      await this.merges.finish(sourceId, issued);
    } catch (error) {
      // That the target refused is an end, too.
      if (!(error instanceof DomainError) || error.code === 'version.busy') throw error;
    }
    if (targetId === null) return;
    const { ticket } = await this.states.of({ workspaceId: issued.workspaceId }, targetId);
    const absorbed = ticket.absorbed.find(({ group }) => group[0]?.ticketId === sourceId);
    if (absorbed) await this.merges.compensate(sourceId, targetId, absorbed.mergeId, issued);
  }
}

/** Takes the second step of an unmerge. */
export class FinishUnmerge extends Command<void> {
  constructor(
    readonly targetId: string,
    readonly sourceId: string,
  ) {
    super();
  }
}

@CommandHandler(FinishUnmerge)
export class FinishUnmergeHandler implements ICommandHandler<FinishUnmerge> {
  constructor(@Inject(Unmerges) private readonly unmerges: Unmerges) {}

  execute(command: FinishUnmerge): Promise<void> {
    return this.unmerges.finish(command.targetId, command.sourceId, IssuedBy.of(command).command);
  }
}

/** Takes the second step of a split. */
export class FinishSplit extends Command<void> {
  constructor(
    readonly ticketId: string,
    readonly splitId: string,
  ) {
    super();
  }
}

@CommandHandler(FinishSplit)
export class FinishSplitHandler implements ICommandHandler<FinishSplit> {
  constructor(@Inject(Splits) private readonly splits: Splits) {}

  async execute(command: FinishSplit): Promise<void> {
    await this.splits.finish(command.ticketId, command.splitId, IssuedBy.of(command).command);
  }
}
