import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Abilities, type Principal } from '@ledgerdesk/auth';
import { type CommandResult, CommandRunner, IssuedBy } from '@ledgerdesk/event-store';
import { customRole, DomainError } from '@ledgerdesk/kernel';
import { ReadStore, type Sql } from '@ledgerdesk/read-store';
import { ChangeRole, DefineRole, type RetireRole } from '../domain/role.commands.js';
import { roleDecider } from '../domain/role.decider.js';
import type { RoleEvent } from '../domain/role.events.js';
import type { WorkspaceRole } from '../domain/role.js';
import { Directory } from '../queries/directory.js';
import { RoleBook, roleNotFound } from '../queries/role-book.js';

export const MOST_ROLES = 50;

/** Defines, changes or retires a role for somebody who may not go beyond their own. */
export class ManageRole extends Command<CommandResult<WorkspaceRole | undefined, RoleEvent>> {
  constructor(
    readonly by: Pick<Principal, 'workspaceId' | 'memberId'>,
    readonly command: DefineRole | ChangeRole | RetireRole,
  ) {
    super();
  }
}

@CommandHandler(ManageRole)
export class ManageRoleHandler implements ICommandHandler<ManageRole> {
  constructor(
    @Inject(Abilities) private readonly abilities: Abilities,
    @Inject(RoleBook) private readonly book: RoleBook,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {}

  /**
   * One at a time in a workspace, so that two who manage roles do not pass each other's checks.
   * @throws DomainError forbidden `role.oneself`, `role.beyond-own`, invalid `role.permission-unknown`, `role.permission-needs-another`,
   *   conflict `role.name-taken`, `role.too-many`, `role.in-use`, and what the role's decider refuses
   */
  async execute(managing: ManageRole): Promise<CommandResult<WorkspaceRole | undefined, RoleEvent>> {
    const { by, command } = managing;
    const wished = command instanceof DefineRole ? command : command instanceof ChangeRole ? command.content : {};
    if (wished.permissions) this.#refuseUnfit(wished.permissions);
    return this.store.run(by.workspaceId, (connection) =>
      connection.transaction(async (sql) => {
        await sql.rows('select pg_advisory_xact_lock(hashtextextended($1, 0))::text', [`roles ${by.workspaceId}`]);
        await this.#refuseAbove(by, command, wished.permissions ?? []);
        if (wished.name !== undefined) await refuseTaken(sql, by.workspaceId, command.roleId, wished.name);
        if (command instanceof DefineRole) await refuseTooMany(sql, by.workspaceId);
        else if (!(command instanceof ChangeRole)) await this.#refuseUsed(sql, by.workspaceId, command.roleId);
        return this.runner.run(roleDecider, command, IssuedBy.of(managing).command);
      }),
    );
  }

  #refuseUnfit(permissions: readonly string[]): void {
    const { catalogue } = this.abilities;
    const unknown = permissions.find((name) => !catalogue.has(name));
    if (unknown !== undefined) {
      throw new DomainError('invalid', 'role.permission-unknown', 'No permission of the catalogue has this name.');
    }
    const missing = catalogue.missingFrom(permissions);
    if (missing.length === 0) return;
    const message = `What was chosen makes no sense without ${missing.join(', ')}: choose that, too.`;
    throw new DomainError('invalid', 'role.permission-needs-another', message);
  }

  async #refuseAbove(by: ManageRole['by'], command: ManageRole['command'], wished: readonly string[]): Promise<void> {
    if (command instanceof DefineRole) return this.book.refuseBeyond(by, wished);
    const role = await this.directory.role(by.workspaceId, command.roleId);
    if (!role) throw roleNotFound();
    const seat = await this.directory.member(by.workspaceId, by.memberId);
    if (seat?.role === customRole(command.roleId)) {
      throw new DomainError('forbidden', 'role.oneself', 'Somebody with another role has to change yours.');
    }
    await this.book.refuseBeyond(by, [...new Set([...role.permissions, ...wished])]);
  }

  async #refuseUsed(sql: Sql, workspaceId: string, roleId: string): Promise<void> {
    // The read model names the candidates, the ledger says whether they have it still.
    const held = await sql.rows<{ id: string }>(
      'select id from members where workspace_id = $1::uuid and role = $2 order by id limit 100',
      [workspaceId, customRole(roleId)],
    );
    for (const { id } of held) {
      const member = await this.directory.member(workspaceId, id);
      if (member?.role !== customRole(roleId) || member.erasure !== 'none') continue;
      throw new DomainError('conflict', 'role.in-use', 'Members have this role: give them another one first.');
    }
  }
}

async function refuseTaken(sql: Sql, workspaceId: string, roleId: string, name: string): Promise<void> {
  const taken = await sql.rows(
    `select from roles where workspace_id = $1::uuid and lower(name) = lower($2) and id <> $3::uuid and not retired limit 1`,
    [workspaceId, name, roleId],
  );
  if (taken.length > 0) throw new DomainError('conflict', 'role.name-taken', 'Another role has this name.');
}

async function refuseTooMany(sql: Sql, workspaceId: string): Promise<void> {
  const [row] = await sql.rows<{ count: string }>(
    'select count(*) as count from roles where workspace_id = $1::uuid and not retired',
    [workspaceId],
  );
  if (Number(row?.count) < MOST_ROLES) return;
  const message = `A workspace has at most ${String(MOST_ROLES)} roles of its own: retire one first.`;
  throw new DomainError('conflict', 'role.too-many', message);
}
