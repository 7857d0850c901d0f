import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type Answer, Cursors } from '@ledgerdesk/http';
import { ReadStore } from '@ledgerdesk/read-store';
import type { MemberPage, MemberView, PageQuery } from '../http/workspace.schemas.js';
import { readPage } from './page.js';

/** Who works in the workspace? */
export class ListMembers extends Query<Answer<MemberPage>> {
  constructor(
    readonly workspaceId: string,
    readonly page: PageQuery,
  ) {
    super();
  }
}

@QueryHandler(ListMembers)
export class ListMembersHandler implements IQueryHandler<ListMembers> {
  constructor(
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(Cursors) private readonly cursors: Cursors,
  ) {}

  async execute({ workspaceId, page }: ListMembers): Promise<Answer<MemberPage>> {
    return readPage<MemberView>(
      { store: this.store, cursors: this.cursors },
      { workspaceId, list: 'listMembers', ...page },
      `select id, name, role, status, can_sign_in as "canSignIn" from members where id > $1 order by id limit $2`,
    );
  }
}
