import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Answer } from '@ledgerdesk/http';
import { DomainError } from '@ledgerdesk/kernel';
import { ReadStore } from '@ledgerdesk/read-store';
import type { TeamView } from '../http/workspace.schemas.js';

/** Who is in a team? */
export class GetTeam extends Query<Answer<TeamView>> {
  constructor(
    readonly workspaceId: string,
    readonly teamId: string,
  ) {
    super();
  }
}

@QueryHandler(GetTeam)
export class GetTeamHandler implements IQueryHandler<GetTeam> {
  constructor(@Inject(ReadStore) private readonly store: ReadStore) {}

  /** @throws DomainError not-found `team.not-found` */
  async execute({ workspaceId, teamId }: GetTeam): Promise<Answer<TeamView>> {
    const rows = await this.store.run(workspaceId, (sql) =>
      sql.rows<TeamView & { version: number }>(
        `select id, name, member_ids as "memberIds", archived, version from teams where id::text = $1`,
        [teamId],
      ),
    );
    const team = rows.at(0);
    if (!team) throw new DomainError('not-found', 'team.not-found', 'There is no such team.');
    const { version, ...view } = team;
    return new Answer(view, { version });
  }
}
