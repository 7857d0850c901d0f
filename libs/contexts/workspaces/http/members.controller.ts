import { Controller, Inject, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Can, CurrentMember, ForKeys, type Principal } from '@ledgerdesk/auth';
import { type Answer, QueryEndpoint } from '@ledgerdesk/http';
import { ListMembers } from '../queries/list-members.js';
import { MemberPage, PageQuery } from './workspace.schemas.js';

@ApiTags('members')
@Controller('members')
export class MembersController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @QueryEndpoint({
    name: 'listMembers',
    summary: 'Everybody who works, or has worked, in the workspace',
    answers: MemberPage,
    reads: ['members'],
  })
  @Can('read', 'Member')
  @ForKeys('workspace:read')
  listMembers(
    @Query({ schema: PageQuery }) page: PageQuery,
    @CurrentMember() member: Principal,
  ): Promise<Answer<MemberPage>> {
    return this.queries.execute(new ListMembers(member.workspaceId, page));
  }
}
