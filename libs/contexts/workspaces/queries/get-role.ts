import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Answer } from '@ledgerdesk/http';
import { customRole } from '@ledgerdesk/kernel';
import { ReadStore } from '@ledgerdesk/read-store';
import type { RoleView } from '../http/roles.schemas.js';
import { Directory } from './directory.js';
import { roleNotFound } from './role-book.js';

/** What is this role of the workspace, and how many have it? Read from the ledger, because it is about access. */
export class GetRole extends Query<Answer<RoleView>> {
  constructor(
    readonly workspaceId: string,
    readonly roleId: string,
  ) {
    super();
  }
}

@QueryHandler(GetRole)
export class GetRoleHandler implements IQueryHandler<GetRole> {
  constructor(
    @Inject(Directory) private readonly directory: Directory,
    @Inject(ReadStore) private readonly store: ReadStore,
  ) {}

  /** @throws DomainError not-found `role.not-found` */
  async execute({ workspaceId, roleId }: GetRole): Promise<Answer<RoleView>> {
    const found = await this.directory.role(workspaceId, roleId);
    if (!found) throw roleNotFound();
    const id = customRole(roleId);
    const [row] = await this.store.run(workspaceId, (sql) =>
      sql.rows<{ members: string }>(
        `select count(*) as members from members where workspace_id = $1::uuid and role = $2 and status = 'active'`,
        [workspaceId, id],
      ),
    );
    const { name, permissions, retired, version } = found;
    const view = { id, name, permissions: [...permissions], retired, members: Number(row?.members) };
    return new Answer(view, { version });
  }
}
