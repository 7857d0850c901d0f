import { Body, Controller, Inject, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Public } from '@ledgerdesk/auth';
import { CommandEndpoint } from '@ledgerdesk/http';
import { problems as identityProblems } from '../../problems.js';
import { InvitationAcceptance } from '../invitation-acceptance.js';
import { invitationProblems as problems } from '../invitation.problems.js';
import { AcceptInvitationBody, LookAtInvitationBody, WelcomeView } from './invitation.schemas.js';

/** For people who were invited. The token of the link is in bodies only: addresses end up in logs. */
@ApiTags('sign-in')
@Controller('auth/invitation')
export class JoinController {
  constructor(@Inject(InvitationAcceptance) private readonly acceptance: InvitationAcceptance) {}

  @Public()
  @CommandEndpoint({
    name: 'lookAtInvitation',
    path: 'look',
    summary: 'Where the link of an invitation leads; changes nothing',
    answers: WelcomeView,
    status: 200,
    idempotent: false,
    problems: [problems.void, problems.tooManyAttempts],
  })
  lookAtInvitation(
    @Body({ schema: LookAtInvitationBody }) { token }: LookAtInvitationBody,
    @Req() { ip = '' }: Request,
  ): Promise<WelcomeView> {
    return this.acceptance.look(token, ip);
  }

  /** Remembers no request: a row of it would hold a quick digest of a password. */
  @Public()
  @CommandEndpoint({
    name: 'acceptInvitation',
    path: 'accept',
    summary:
      'Take the seat, with a new account or the one that the address has; sign in afterwards. Safe to send again',
    idempotent: false,
    problems: [
      problems.void,
      problems.proofRefused,
      problems.seated,
      problems.tooManyAttempts,
      identityProblems.passwordTooShort,
      identityProblems.passwordTooCommon,
      identityProblems.passwordAboutYou,
      identityProblems.busy,
    ],
  })
  async acceptInvitation(
    @Body({ schema: AcceptInvitationBody }) body: AcceptInvitationBody,
    @Req() { ip = '' }: Request,
  ): Promise<void> {
    await this.acceptance.accept({ ...body, ip });
  }
}
