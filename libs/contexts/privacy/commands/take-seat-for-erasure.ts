import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Principal } from '@ledgerdesk/auth';
import { type CommandResult, CommandRunner, IssuedBy } from '@ledgerdesk/event-store';
import type { ErasureReason } from '@ledgerdesk/kernel';
import { type Member, memberDecider, type MemberEvent, Owners, RequestMemberErasure } from '@ledgerdesk/workspaces';

/** Asks for the erasure of a member, whose seat is gone with it. */
export class TakeSeatForErasure extends Command<CommandResult<Member | undefined, MemberEvent>> {
  constructor(
    readonly by: Principal,
    readonly memberId: string,
    readonly reason: ErasureReason,
  ) {
    super();
  }
}

@CommandHandler(TakeSeatForErasure)
export class TakeSeatForErasureHandler implements ICommandHandler<TakeSeatForErasure> {
  constructor(
    @Inject(Owners) private readonly owners: Owners,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {}

  /** @throws DomainError forbidden `auth.forbidden` for an owner when asked by somebody else, conflict `member.last-owner` */
  async execute(command: TakeSeatForErasure): Promise<CommandResult<Member | undefined, MemberEvent>> {
    const { command: issued } = IssuedBy.of(command);
    const { by, memberId, reason } = command;
    return this.owners.whileKept(by, memberId, {}, () =>
      this.runner.run(memberDecider, new RequestMemberErasure(memberId, reason), issued),
    );
  }
}
