import { Body, Controller, Inject, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { ACCESS_TOKEN_SECONDS, AccessTokens, Public } from '@ledgerdesk/auth';
import { CommandEndpoint, ProblemError } from '@ledgerdesk/http';
import { AuthCookies } from '../../http/cookies.js';
import { SignedInView } from '../../http/identity.schemas.js';
import { problems } from '../../problems.js';
import { sessionOrigin } from '../../sessions/session-origin.js';
import { ProviderSessions, TOO_MANY } from '../provider-sessions.js';
import { VOUCHED, type VouchedWord } from '../vouched-word.js';
import { FlowCookies } from './flow-cookies.js';

export const ConfirmProviderSignInBody = z
  .strictObject({ code: z.string().min(1).max(40).meta({ description: 'Of the authenticator, or a backup code' }) })
  .meta({ id: 'ConfirmProviderSignIn', example: { code: '492039' } });
export type ConfirmProviderSignInBody = z.infer<typeof ConfirmProviderSignInBody>;

/** For accounts with a second factor of ours whose provider has asked for none. */
@ApiTags('sign-in')
@Controller('auth/oidc')
export class ProviderCodeController {
  constructor(
    @Inject(ProviderSessions) private readonly sessions: ProviderSessions,
    @Inject(VOUCHED) private readonly vouched: VouchedWord,
    @Inject(AccessTokens) private readonly tokens: AccessTokens,
    @Inject(AuthCookies) private readonly cookies: AuthCookies,
    @Inject(FlowCookies) private readonly flows: FlowCookies,
  ) {}

  @Public()
  @CommandEndpoint({
    name: 'confirmProviderSignIn',
    path: 'code',
    summary: 'Show the code that a sign-in with a provider still needs; the cookie of that sign-in says whose',
    answers: SignedInView,
    status: 200,
    idempotent: false,
    problems: [problems.refused, problems.tooManyAttempts],
  })
  async confirmProviderSignIn(
    @Body({ schema: ConfirmProviderSignInBody }) { code }: ConfirmProviderSignInBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedInView> {
    const vouched = this.vouched.read(this.flows.read(request, 'ld_vouched'));
    if (!vouched) throw new ProblemError(problems.refused);
    const origin = sessionOrigin(request.headers['user-agent'], request.ip);
    const opened = await this.sessions.openWithCode(vouched, code, origin, request.ip ?? '');
    if (opened === TOO_MANY) throw new ProblemError(problems.tooManyAttempts, undefined, [], { 'Retry-After': '900' });
    if (typeof opened === 'string') throw new ProblemError(problems.refused);
    this.flows.clear(response, 'ld_vouched');
    this.cookies.setRefreshToken(response, opened.session.refreshToken);
    return {
      accessToken: this.tokens.issue(opened.session.seat, opened.session.proof),
      expiresIn: ACCESS_TOKEN_SECONDS,
      member: { ...opened.profile.member, email: opened.email },
      workspace: opened.profile.workspace,
    };
  }
}
