import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Abilities } from '@ledgerdesk/auth';
import { customRole, ROLES } from '@ledgerdesk/kernel';
import { ReadStore } from '@ledgerdesk/read-store';
import type { RolesView, RoleView } from '../http/roles.schemas.js';

/** Which roles are there, what may who has them, and how many have them? */
export class ListRoles extends Query<RolesView> {
  constructor(readonly workspaceId: string) {
    super();
  }
}

interface CustomRow {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly retired: boolean;
}

@QueryHandler(ListRoles)
export class ListRolesHandler implements IQueryHandler<ListRoles> {
  constructor(
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(Abilities) private readonly abilities: Abilities,
  ) {}

  async execute({ workspaceId }: ListRoles): Promise<RolesView> {
    const { catalogue } = this.abilities;
    const [counts, custom] = await this.store.run(workspaceId, async (sql) => [
      await sql.rows<{ role: string; members: string }>(
        `select role, count(*) as members from members
         where workspace_id = $1::uuid and status = 'active' and can_sign_in group by role`,
        [workspaceId],
      ),
      await sql.rows<CustomRow>(
        `select id, name, permissions, retired from roles where workspace_id = $1::uuid order by retired, lower(name), id limit 500`,
        [workspaceId],
      ),
    ]);
    const held = new Map(counts.map(({ role, members }) => [role, Number(members)]));
    const sixth = ROLES.map((id): RoleView => ({
      id,
      name: null,
      permissions: [...catalogue.of(id)],
      retired: false,
      members: held.get(id) ?? 0,
    }));
    const own = custom.map(({ id, name, permissions, retired }): RoleView => {
      const role = customRole(id);
      return { id: role, name, permissions: [...permissions], retired, members: held.get(role) ?? 0 };
    });
    const permissions = catalogue.lines.map(({ name, needs = [] }) => ({ name, needs: [...needs] }));
    return { data: [...sixth, ...own], permissions };
  }
}
