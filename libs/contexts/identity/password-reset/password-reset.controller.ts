import { Body, Controller, Inject, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Public } from '@ledgerdesk/auth';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { CommandEndpoint, ProblemError } from '@ledgerdesk/http';
import { problems as identityProblems } from '../problems.js';
import { passwordResetProblems as problems } from './password-reset.problems.js';
import { CompletePasswordResetBody, RequestPasswordResetBody } from './password-reset.schemas.js';
import { PasswordResets } from './password-resets.js';

/** For people who can not sign in any more. */
@ApiTags('sign-in')
@Controller('auth/password-reset')
export class PasswordResetController {
  constructor(
    @Inject(PasswordResets) private readonly resets: PasswordResets,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  @Public()
  @CommandEndpoint({
    name: 'requestPasswordReset',
    summary: 'Mail a link to choose a new password, if the address has an account; the answer does not tell',
    status: 202,
    idempotent: false,
    problems: [problems.tooMany, problems.mailNotSetUp],
  })
  async requestPasswordReset(
    @Body({ schema: RequestPasswordResetBody }) body: RequestPasswordResetBody,
    @Req() { ip = '' }: Request,
  ): Promise<void> {
    if (!this.configuration.mail) throw new ProblemError(problems.mailNotSetUp);
    await this.resets.ask({ ...body, ip });
  }

  /** Remembers no request: a row of it would hold a quick digest of a password. */
  @Public()
  @CommandEndpoint({
    name: 'completePasswordReset',
    path: 'complete',
    summary: 'Set a new password with the link, once, and end all sessions of the account',
    idempotent: false,
    problems: [
      problems.void,
      problems.tooMany,
      identityProblems.passwordTooShort,
      identityProblems.passwordTooCommon,
      identityProblems.passwordAboutYou,
      identityProblems.busy,
    ],
  })
  async completePasswordReset(
    @Body({ schema: CompletePasswordResetBody }) { token, password }: CompletePasswordResetBody,
    @Req() { ip = '' }: Request,
  ): Promise<void> {
    await this.resets.complete(token, password, ip);
  }
}
