import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Principal } from '@ledgerdesk/auth';
import { type CommandResult, CommandRunner, IssuedBy } from '@ledgerdesk/event-store';
import { ChangeMemberRole, type DeactivateMember, type ReactivateMember } from '../domain/member.commands.js';
import { memberDecider } from '../domain/member.decider.js';
import type { MemberEvent } from '../domain/member.events.js';
import type { Member } from '../domain/member.js';
import { Owners } from './owners.js';

/** Changes the seat of a member for somebody who may not be above it. */
export class ChangeSeat extends Command<CommandResult<Member | undefined, MemberEvent>> {
  constructor(
    readonly by: Principal,
    readonly change: ChangeMemberRole | DeactivateMember | ReactivateMember,
  ) {
    super();
  }
}

@CommandHandler(ChangeSeat)
export class ChangeSeatHandler implements ICommandHandler<ChangeSeat> {
  constructor(
    @Inject(Owners) private readonly owners: Owners,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {}

  /** @throws DomainError `auth.forbidden`, `member.last-owner`, and what the member's decider refuses */
  async execute(command: ChangeSeat): Promise<CommandResult<Member | undefined, MemberEvent>> {
    const { by, change } = command;
    const wanted = change instanceof ChangeMemberRole ? { role: change.role } : {};
    return this.owners.whileKept(by, change.memberId, wanted, () =>
      this.runner.run(memberDecider, change, IssuedBy.of(command).command),
    );
  }
}
