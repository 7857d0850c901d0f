import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type Answer, Cursors } from '@ledgerdesk/http';
import { ReadStore } from '@ledgerdesk/read-store';
import type { PageQuery, TeamPage, TeamView } from '../http/workspace.schemas.js';
import { readPage } from './page.js';

/** Which teams are there, archived ones included? */
export class ListTeams extends Query<Answer<TeamPage>> {
  constructor(
    readonly workspaceId: string,
    readonly page: PageQuery,
  ) {
    super();
  }
}

@QueryHandler(ListTeams)
export class ListTeamsHandler implements IQueryHandler<ListTeams> {
  constructor(
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(Cursors) private readonly cursors: Cursors,
  ) {}

  async execute({ workspaceId, page }: ListTeams): Promise<Answer<TeamPage>> {
    return readPage<TeamView>(
      { store: this.store, cursors: this.cursors },
      { workspaceId, list: 'listTeams', ...page },
      `select id, name, member_ids as "memberIds", archived from teams where id > $1 order by id limit $2`,
    );
  }
}
