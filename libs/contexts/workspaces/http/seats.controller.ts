import { Body, Controller, Inject, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Can, CurrentMember, type Principal } from '@ledgerdesk/auth';
import { IssuedBy } from '@ledgerdesk/event-store';
import { Answer, CommandEndpoint, Issued, QueryEndpoint } from '@ledgerdesk/http';
import { type CommandContext, DomainError } from '@ledgerdesk/kernel';
import { ChangeSeat } from '../commands/change-seat.js';
import { ChangeMemberRole, DeactivateMember, ReactivateMember } from '../domain/member.commands.js';
import { Directory, type NamedMember } from '../queries/directory.js';
import { MemberIdPipe } from './member-id.pipe.js';
import { roleProblems } from './role.problems.js';
import { workspaceProblems as problems } from './workspace.problems.js';
import { ChangeMemberRoleBody, MemberView } from './workspace.schemas.js';

const REFUSALS = [problems.memberNotFound, problems.memberOneself, problems.memberErased, problems.lastOwner];

/** What owners and admins do with the seats of others. Read from the ledger, because it is about access. */
@ApiTags('members')
@Controller('members')
export class SeatsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  @QueryEndpoint({
    name: 'getMember',
    path: ':memberId',
    summary: 'One member, as they are now',
    answers: MemberView,
    problems: [problems.memberNotFound],
  })
  @Can('read', 'Member')
  getMember(
    @Param('memberId', MemberIdPipe) id: string,
    @CurrentMember() { workspaceId }: Principal,
  ): Promise<Answer<MemberView>> {
    return this.#seen(workspaceId, id);
  }

  @CommandEndpoint({
    name: 'changeMemberRole',
    path: ':memberId/role',
    summary: 'Give a member another role, none above the own; effective within five seconds',
    guarded: true,
    answers: MemberView,
    problems: [...REFUSALS, problems.memberNoAccount, ...roleProblems.forGiving],
  })
  @Can('edit', 'Member')
  changeMemberRole(
    @Param('memberId', MemberIdPipe) id: string,
    @Body({ schema: ChangeMemberRoleBody }) { role }: ChangeMemberRoleBody,
    @CurrentMember() by: Principal,
    @Issued() issued: CommandContext,
  ): Promise<Answer<MemberView>> {
    return this.#change(new ChangeSeat(by, new ChangeMemberRole(id, role)), issued);
  }

  @CommandEndpoint({
    name: 'deactivateMember',
    path: ':memberId/deactivate',
    summary: 'Let a member in no more: sessions end within five seconds, open tickets return to their queues',
    guarded: true,
    answers: MemberView,
    problems: REFUSALS,
  })
  @Can('edit', 'Member')
  deactivateMember(
    @Param('memberId', MemberIdPipe) id: string,
    @CurrentMember() by: Principal,
    @Issued() issued: CommandContext,
  ): Promise<Answer<MemberView>> {
    return this.#change(new ChangeSeat(by, new DeactivateMember(id)), issued);
  }

  @CommandEndpoint({
    name: 'reactivateMember',
    path: ':memberId/reactivate',
    summary: 'Let a member in again, who has to sign in',
    guarded: true,
    answers: MemberView,
    problems: REFUSALS,
  })
  @Can('edit', 'Member')
  reactivateMember(
    @Param('memberId', MemberIdPipe) id: string,
    @CurrentMember() by: Principal,
    @Issued() issued: CommandContext,
  ): Promise<Answer<MemberView>> {
    return this.#change(new ChangeSeat(by, new ReactivateMember(id)), issued);
  }

  async #change(command: ChangeSeat, issued: CommandContext): Promise<Answer<MemberView>> {
    const { position } = await this.commands.execute(command, new IssuedBy(issued));
    const { body, facts } = await this.#seen(issued.workspaceId, command.change.memberId);
    return new Answer(body, { ...facts, position });
  }

  async #seen(workspaceId: string, id: string): Promise<Answer<MemberView>> {
    const member = await this.directory.namedMember(workspaceId, id);
    if (!member) throw new DomainError('not-found', 'member.not-found', 'There is no such member.');
    return new Answer(memberView(member), { version: member.version });
  }
}

function memberView({ memberId, name, role, status, erasure, accountId }: NamedMember): MemberView {
  return {
    id: memberId,
    name,
    role,
    status: erasure === 'erased' ? 'erased' : status,
    canSignIn: accountId !== null,
  };
}
