import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@ledgerdesk/auth';
import { CommandRunner } from '@ledgerdesk/event-store';
import { newId } from '@ledgerdesk/kernel';
import { type ReadThrough, readingDecider, RecordReading } from '../domain/reading.decider.js';

/** Writes down what auditors read: they may see everything, and everybody may see what they saw. */
@Injectable()
export class Readings {
  constructor(@Inject(CommandRunner) private readonly runner: CommandRunner) {}

  /** Appends the fact before the answer leaves; does nothing for other roles. @param ticketIds asked only when needed */
  async record(member: Principal, through: ReadThrough, ticketIds: () => readonly string[]): Promise<void> {
    if (member.role !== 'auditor') return;
    const ids = ticketIds();
    if (ids.length === 0) return;
    const commandId = newId();
    await this.runner.run(readingDecider, new RecordReading(commandId, member.memberId, through, ids), {
      workspaceId: member.workspaceId,
      actor: `member:${member.memberId}`,
      commandId,
      correlationId: commandId,
    });
  }
}
