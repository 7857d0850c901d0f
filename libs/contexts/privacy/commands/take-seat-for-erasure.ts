import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { accessDenied, type Principal } from '@ledgerdesk/auth';
import { type CommandResult, CommandRunner, IssuedBy } from '@ledgerdesk/event-store';
import { DomainError, type ErasureReason } from '@ledgerdesk/kernel';
import { ReadStore, type Sql } from '@ledgerdesk/read-store';
import { Directory, type Member, memberDecider, type MemberEvent, RequestMemberErasure } from '@ledgerdesk/workspaces';

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
    @Inject(Directory) private readonly directory: Directory,
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {}

  /**
   * One at a time in a workspace: two owners who erase each other at the same moment would leave it without any.
   * @throws DomainError forbidden `auth.forbidden` for an owner when asked by somebody else, conflict `member.last-owner`
   */
  async execute(command: TakeSeatForErasure): Promise<CommandResult<Member | undefined, MemberEvent>> {
    const { command: issued } = IssuedBy.of(command);
    const { by, memberId, reason } = command;
    return this.store.run(by.workspaceId, (connection) =>
      connection.transaction(async (sql) => {
        await sql.rows('select pg_advisory_xact_lock(hashtextextended($1, 0))::text', [`owners ${by.workspaceId}`]);
        await this.#keepAnOwner(sql, by, memberId);
        return this.runner.run(memberDecider, new RequestMemberErasure(memberId, reason), issued);
      }),
    );
  }

  async #keepAnOwner(sql: Sql, by: Principal, memberId: string): Promise<void> {
    const member = await this.directory.member(by.workspaceId, memberId);
    if (member?.role !== 'owner' || member.status !== 'active') return;
    if (by.role !== 'owner') throw accessDenied();
    // The read model names the candidates, the ledger says whether they are owners still.
    const others = await sql.rows<{ id: string }>(
      `select id from members where workspace_id = $1::uuid and role = 'owner' and status = 'active' and id <> $2::uuid
       order by id limit 100`,
      [by.workspaceId, memberId],
    );
    for (const { id } of others) {
      const other = await this.directory.member(by.workspaceId, id);
      if (other?.role === 'owner' && other.status === 'active') return;
    }
    throw new DomainError('conflict', 'member.last-owner', 'The last owner of a workspace can not be erased.');
  }
}
