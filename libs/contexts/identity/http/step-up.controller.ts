import { Body, Controller, Inject, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import {
  ACCESS_TOKEN_SECONDS,
  AccessTokens,
  BeforeSetUp,
  Can,
  CurrentMember,
  type Principal,
  WhileSuspended,
} from '@ledgerdesk/auth';
import { CommandEndpoint, ProblemError } from '@ledgerdesk/http';
import { problems } from '../problems.js';
import { OwnProof } from '../proofs/own-proof.js';
import { Sessions } from '../sessions/sessions.js';
import { ProofBody, SteppedUpView } from './second-factor.schemas.js';

/** Showing who one is, in the middle of a session. */
@ApiTags('sign-in')
@Controller('auth')
export class StepUpController {
  constructor(
    @Inject(OwnProof) private readonly proof: OwnProof,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(AccessTokens) private readonly tokens: AccessTokens,
  ) {}

  @BeforeSetUp()
  @Can('prove', 'Session')
  @WhileSuspended()
  @CommandEndpoint({
    name: 'stepUp',
    path: 'step-up',
    summary: 'Show the password once more; for ten minutes the new access token opens what can not be taken back',
    answers: SteppedUpView,
    idempotent: false,
    problems: [problems.proofRefused, problems.proofTooManyAttempts, problems.sessionEnded, problems.busy],
  })
  async stepUp(
    @Body({ schema: ProofBody }) shown: ProofBody,
    @CurrentMember() seat: Principal,
    @Req() { ip = '' }: Request,
  ): Promise<SteppedUpView> {
    const { by } = await this.proof.of(seat, { ...shown, ip });
    const proof = await this.sessions.proveAgain(seat, by);
    if (!proof) throw new ProblemError(problems.sessionEnded);
    return { accessToken: this.tokens.issue(seat, proof), expiresIn: ACCESS_TOKEN_SECONDS };
  }
}
