import { Inject, Injectable } from '@nestjs/common';
import { Abilities, type Principal } from '@ledgerdesk/auth';
import { CommandRunner } from '@ledgerdesk/event-store';
import { newId } from '@ledgerdesk/kernel';
import { type ReadThrough, readingDecider, RecordReading } from '../domain/reading.decider.js';

/** Writes down what auditors, and others who only read, have read: they may see it, and everybody may see what they saw. */
@Injectable()
export class Readings {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(Abilities) private readonly abilities: Abilities,
  ) {}

  /** Appends the fact before the answer leaves; does nothing for those who work on tickets. @param ticketIds asked only when needed */
  async record(member: Principal, through: ReadThrough, ticketIds: () => readonly string[]): Promise<void> {
    if (this.abilities.abilityFor(member).can('read-unrecorded', 'Ticket')) return;
    const ids = ticketIds();
    if (ids.length === 0) return;
    const commandId = newId();
    await this.runner.run(readingDecider, new RecordReading(commandId, member.memberId, through, ids), {
      workspaceId: member.workspaceId,
      actor: member.key ? `key:${member.key.id}` : `member:${member.memberId}`,
      ...(member.impersonation && { impersonatedBy: `platform:${member.impersonation.adminId}` }),
      commandId,
      correlationId: commandId,
    });
  }
}
