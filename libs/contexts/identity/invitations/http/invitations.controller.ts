import { Body, Controller, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Can, CurrentMember, type Principal } from '@ledgerdesk/auth';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { Answer, CommandEndpoint, IdToCreate, Issued, ProblemError, QueryEndpoint } from '@ledgerdesk/http';
import type { CommandContext } from '@ledgerdesk/kernel';
import { passwordResetProblems } from '../../password-reset/password-reset.problems.js';
import { invitationProblems as problems } from '../invitation.problems.js';
import { Invite } from '../invite.js';
import { ListInvitations } from '../list-invitations.js';
import { InvitationIdPipe } from './invitation-id.pipe.js';
import { InvitationList, InvitedView, InviteMemberBody } from './invitation.schemas.js';

const { mailNotSetUp } = passwordResetProblems;

/** Asking people to work here. */
@ApiTags('members')
@Controller('invitations')
export class InvitationsController {
  constructor(
    @Inject(Invite) private readonly invitations: Invite,
    @Inject(ListInvitations) private readonly list: ListInvitations,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  @QueryEndpoint({
    name: 'listInvitations',
    summary: 'Invitations that nobody has accepted yet',
    answers: InvitationList,
    reads: ['invitations'],
  })
  @Can('invite', 'Member')
  async listInvitations(@CurrentMember() { workspaceId }: Principal): Promise<InvitationList> {
    return { data: await this.list.of(workspaceId) };
  }

  @CommandEndpoint({
    name: 'inviteMember',
    summary: 'Mail somebody a link with which they take a seat; good for seven days',
    status: 201,
    answers: InvitedView,
    problems: [problems.emailInvalid, problems.exists, problems.seated, problems.tooMany, mailNotSetUp],
  })
  @Can('invite', 'Member')
  async inviteMember(
    @Body({ schema: InviteMemberBody }) { email, role }: InviteMemberBody,
    @CurrentMember() by: Principal,
    @Issued() issued: CommandContext,
    @IdToCreate() memberId: string,
  ): Promise<Answer<InvitedView>> {
    this.#refuseWithoutMail();
    const { stream, position } = await this.invitations.invite(by, { email, role, memberId }, issued);
    return new Answer({ id: stream.slice(stream.lastIndexOf('_') + 1) }, { position });
  }

  @CommandEndpoint({
    name: 'resendInvitation',
    path: ':invitationId/resend',
    summary: 'Mail a new link, which makes the former one void',
    answers: InvitedView,
    problems: [problems.notFound, problems.accepted, problems.withdrawn, problems.tooMany, mailNotSetUp],
  })
  @Can('invite', 'Member')
  async resendInvitation(
    @Param('invitationId', InvitationIdPipe) id: string,
    @CurrentMember() by: Principal,
    @Issued() issued: CommandContext,
  ): Promise<Answer<InvitedView>> {
    this.#refuseWithoutMail();
    const { position } = await this.invitations.resend(by, id, issued);
    return new Answer({ id }, { position });
  }

  @CommandEndpoint({
    name: 'withdrawInvitation',
    path: ':invitationId/withdraw',
    summary: 'Make the link of an invitation void',
    answers: InvitedView,
    problems: [problems.notFound, problems.accepted],
  })
  @Can('invite', 'Member')
  async withdrawInvitation(
    @Param('invitationId', InvitationIdPipe) id: string,
    @CurrentMember() by: Principal,
    @Issued() issued: CommandContext,
  ): Promise<Answer<InvitedView>> {
    const { position } = await this.invitations.withdraw(by, id, issued);
    return new Answer({ id }, { position });
  }

  #refuseWithoutMail(): void {
    if (!this.configuration.mail) throw new ProblemError(mailNotSetUp);
  }
}
