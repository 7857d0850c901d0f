import { Body, Controller, Inject, Param } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Can, CurrentMember, FreshProof, type Principal } from '@ledgerdesk/auth';
import { IssuedBy } from '@ledgerdesk/event-store';
import { Answer, CommandEndpoint, Issued, QueryEndpoint, generalProblems } from '@ledgerdesk/http';
import type { CommandContext } from '@ledgerdesk/kernel';
import { TakeSeatForErasure } from '../commands/take-seat-for-erasure.js';
import { GetMemberErasure } from '../queries/get-member-erasure.js';
import { EraseMemberBody, MemberErasureSchema, type MemberErasureView } from './erasure.schemas.js';
import { memberErasureProblems } from './erasure.problems.js';
import { MemberIdPipe } from './member-id.pipe.js';

/** The right of those who worked here to be forgotten. What they did stays, as done by an erased member. */
@ApiTags('privacy')
@Controller('members')
export class MemberErasureController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
  ) {}

  @QueryEndpoint({
    name: 'getMemberErasure',
    path: ':memberId/erasure',
    summary: 'Whether a member is to be erased, and how far it is',
    answers: MemberErasureSchema,
    problems: memberErasureProblems.forReads,
  })
  @Can('erase', 'Member')
  getMemberErasure(
    @Param('memberId', MemberIdPipe) id: string,
    @CurrentMember() member: Principal,
  ): Promise<Answer<MemberErasureView>> {
    return this.queries.execute(new GetMemberErasure(member, id));
  }

  @CommandEndpoint({
    name: 'eraseMember',
    path: ':memberId/erasure',
    summary: 'Take the seat of a member and erase their name and account for good. This can not be undone',
    guarded: true,
    status: 202,
    answers: MemberErasureSchema,
    problems: [...memberErasureProblems.forErasure, generalProblems.stepUpRequired],
  })
  @Can('erase', 'Member')
  @FreshProof()
  async eraseMember(
    @Param('memberId', MemberIdPipe) id: string,
    @Body({ schema: EraseMemberBody }) { reason }: EraseMemberBody,
    @CurrentMember() member: Principal,
    @Issued() issued: CommandContext,
  ): Promise<Answer<MemberErasureView>> {
    const context = new IssuedBy(issued);
    const { position } = await this.commands.execute(new TakeSeatForErasure(member, id, reason), context);
    const { body, facts } = await this.queries.execute(new GetMemberErasure(member, id));
    return new Answer(body, { ...facts, position });
  }
}
