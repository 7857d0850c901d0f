import { Body, Controller, Inject, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import {
  ACCESS_TOKEN_SECONDS,
  AccessTokens,
  BeforeSetUp,
  Can,
  CurrentMember,
  type Principal,
  Public,
  WhileSuspended,
} from '@ledgerdesk/auth';
import { CommandEndpoint, ProblemError, QueryEndpoint } from '@ledgerdesk/http';
import { Accounts, emailText } from '../accounts.js';
import { DemoLogins } from '../demo/demo-logins.js';
import { problems } from '../problems.js';
import { type SeatProfile, SeatProfiles } from '../seats/seat-profiles.js';
import { sessionOrigin } from '../sessions/session-origin.js';
import { type OpenSession, Sessions } from '../sessions/sessions.js';
import { KnownDevices } from '../sign-in/known-device.js';
import { SignIn } from '../sign-in/sign-in.js';
import { AuthCookies } from './cookies.js';
import { SignedInView, SignInBody, SignInOptionsView } from './identity.schemas.js';

/** Signing in, staying signed in, signing out. */
@ApiTags('sign-in')
@Controller('auth')
export class AuthController {
  constructor(
    @Inject(SignIn) private readonly signIns: SignIn,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(SeatProfiles) private readonly profiles: SeatProfiles,
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(AccessTokens) private readonly tokens: AccessTokens,
    @Inject(KnownDevices) private readonly devices: KnownDevices,
    @Inject(AuthCookies) private readonly cookies: AuthCookies,
    @Inject(DemoLogins) private readonly demo: DemoLogins,
  ) {}

  @Public()
  @CommandEndpoint({
    name: 'signIn',
    path: 'login',
    summary: 'Sign in with an address and a password, and a code where the account has a second factor',
    answers: SignedInView,
    status: 200,
    idempotent: false,
    problems: [problems.refused, problems.tooManyAttempts, problems.busy],
  })
  async signIn(
    @Body({ schema: SignInBody }) { email, password, code, workspace }: SignInBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedInView> {
    const known = emailText(email);
    const knownDevice = this.devices.read(this.cookies.device(request), known);
    const ip = request.ip ?? '';
    const origin = sessionOrigin(request.headers['user-agent'], ip);
    const shown = { email, password, code, workspace, ip, origin, knownDevice };
    const { session, profile } = await this.signIns.signIn(shown);
    if (knownDevice === undefined) this.cookies.setDevice(response, this.devices.write(known));
    return this.#signedIn(session, profile, known, response);
  }

  @Public()
  @CommandEndpoint({
    name: 'refreshSession',
    path: 'refresh',
    summary: 'Exchange the refresh cookie for a new access token and the next cookie',
    answers: SignedInView,
    status: 200,
    idempotent: false,
    problems: [problems.sessionEnded],
  })
  async refreshSession(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<SignedInView> {
    const token = this.cookies.refreshToken(request);
    const origin = sessionOrigin(request.headers['user-agent'], request.ip);
    const session = token === undefined ? undefined : await this.sessions.refresh(token, origin);
    const profile = session && (await this.profiles.of(session.seat));
    const email = session && (await this.accounts.emailOf(session.seat.accountId));
    if (!profile || email === undefined) {
      this.cookies.clearRefreshToken(response);
      throw new ProblemError(problems.sessionEnded);
    }
    return this.#signedIn(session, profile, email, response);
  }

  @BeforeSetUp()
  @WhileSuspended()
  @Can('end', 'Session')
  @CommandEndpoint({ name: 'signOut', path: 'logout', summary: 'End the session', idempotent: false })
  async signOut(
    @CurrentMember() { sessionId }: Principal,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.sessions.end(sessionId);
    this.cookies.clearRefreshToken(response);
  }

  @Public()
  @QueryEndpoint({
    name: 'getSignInOptions',
    path: 'options',
    summary: 'What the sign-in page may offer',
    answers: SignInOptionsView,
  })
  async getSignInOptions(): Promise<SignInOptionsView> {
    return { demoLogins: [...(await this.demo.offered())] };
  }

  #signedIn(session: OpenSession, profile: SeatProfile, email: string, response: Response): SignedInView {
    this.cookies.setRefreshToken(response, session.refreshToken);
    return {
      accessToken: this.tokens.issue(session.seat, session.proof),
      expiresIn: ACCESS_TOKEN_SECONDS,
      member: { ...profile.member, email },
      workspace: profile.workspace,
    };
  }
}
