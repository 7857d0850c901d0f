import { Body, Controller, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPlatformAdmin, ForPlatformAdmins, type PlatformAdmin } from '@ledgerdesk/auth';
import { CommandEndpoint, IdToCreate, Issued } from '@ledgerdesk/http';
import type { CommandContext } from '@ledgerdesk/kernel';
import { ActAsMember } from '../impersonation/act-as-member.js';
import { impersonationProblems as problems } from './impersonation.problems.js';
import { ActAsMemberBody, ActingAsView } from './impersonation.schemas.js';
import { WorkspaceIdPipe } from './workspace-id.pipe.js';

/** Acting as a member, for those who run the installation: with a reason, for an hour at most, under both names. */
@ApiTags('platform')
@Controller('platform/workspaces/:id/impersonations')
@ForPlatformAdmins()
export class ImpersonationsController {
  constructor(@Inject(ActAsMember) private readonly acting: ActAsMember) {}

  @CommandEndpoint({
    name: 'actAsMember',
    summary: 'Begin to act as a member; it stands in the ledger of the workspace, with the reason',
    status: 201,
    // What is remembered of a request would hold a token.
    idempotent: false,
    answers: ActingAsView,
    problems: [
      problems.workspaceNotFound,
      problems.memberNotFound,
      problems.refusedByWorkspace,
      problems.reasonInvalid,
    ],
  })
  async actAsMember(
    @Param('id', WorkspaceIdPipe) workspaceId: string,
    @Body({ schema: ActAsMemberBody }) body: ActAsMemberBody,
    @CurrentPlatformAdmin() admin: PlatformAdmin,
    @IdToCreate() id: string,
    @Issued() issued: CommandContext,
  ): Promise<ActingAsView> {
    return this.acting.start(admin, id, body, { ...issued, workspaceId });
  }

  @CommandEndpoint({
    name: 'continueAsMember',
    path: ':impersonationId/token',
    summary: 'Another access token while it lasts',
    idempotent: false,
    answers: ActingAsView,
    problems: [problems.notFound],
  })
  async continueAsMember(
    @Param('id', WorkspaceIdPipe) workspaceId: string,
    @Param('impersonationId', WorkspaceIdPipe) id: string,
    @CurrentPlatformAdmin() admin: PlatformAdmin,
  ): Promise<ActingAsView> {
    return this.acting.token(admin, workspaceId, id);
  }

  @CommandEndpoint({
    name: 'endImpersonation',
    path: ':impersonationId/end',
    summary: 'Stop acting as a member; the token is refused within five seconds',
    problems: [problems.notFound],
  })
  async endImpersonation(
    @Param('id', WorkspaceIdPipe) workspaceId: string,
    @Param('impersonationId', WorkspaceIdPipe) id: string,
    @CurrentPlatformAdmin() admin: PlatformAdmin,
    @Issued() issued: CommandContext,
  ): Promise<void> {
    await this.acting.end(admin, id, { ...issued, workspaceId });
  }
}
