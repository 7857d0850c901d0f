import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CommandResult, CommandRunner, IssuedBy } from '@ledgerdesk/event-store';
import { DomainError } from '@ledgerdesk/kernel';
import { AddTeamMember } from '../domain/team.commands.js';
import { teamDecider } from '../domain/team.decider.js';
import type { TeamEvent } from '../domain/team.events.js';
import type { Team } from '../domain/team.js';
import { Directory } from '../queries/directory.js';

/** Looks that the member exists in this workspace before the team decides. */
@CommandHandler(AddTeamMember)
export class AddTeamMemberHandler implements ICommandHandler<AddTeamMember> {
  constructor(
    @Inject(Directory) private readonly directory: Directory,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {}

  /** @throws DomainError `member.not-found`, and what the team refuses */
  async execute(command: AddTeamMember): Promise<CommandResult<Team | undefined, TeamEvent>> {
    const context = IssuedBy.of(command).command;
    if (!(await this.directory.member(context.workspaceId, command.memberId))) {
      throw new DomainError('not-found', 'member.not-found', 'There is no such member.');
    }
    return this.runner.run(teamDecider, command, context);
  }
}
