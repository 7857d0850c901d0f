import { Body, Controller, Inject, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CurrentPlatformAdmin,
  ForPlatformAdmins,
  type PlatformAdmin,
  PLATFORM_TOKEN_SECONDS,
  PlatformTokens,
  Public,
} from '@ledgerdesk/auth';
import { CommandEndpoint, ProblemError } from '@ledgerdesk/http';
import { emailText, sessionOrigin, signInProblems as problems } from '@ledgerdesk/identity';
import type { Request, Response } from 'express';
import { AdminTable, type StoredAdmin } from '../admins/admin-table.js';
import { PlatformDoor } from '../sign-in/platform-door.js';
import { type OpenPlatformSession, PlatformSessions } from '../sign-in/platform-sessions.js';
import { PlatformSignIn } from '../sign-in/platform-sign-in.js';
import { PlatformSignedInView, PlatformSignInBody } from './platform-auth.schemas.js';

/** The door of those who run the installation; a member's credential opens nothing here. */
@ApiTags('platform')
@Controller('platform/auth')
export class PlatformAuthController {
  constructor(
    @Inject(PlatformSignIn) private readonly signIns: PlatformSignIn,
    @Inject(PlatformSessions) private readonly sessions: PlatformSessions,
    @Inject(AdminTable) private readonly admins: AdminTable,
    @Inject(PlatformTokens) private readonly tokens: PlatformTokens,
    @Inject(PlatformDoor) private readonly door: PlatformDoor,
  ) {}

  @Public()
  @CommandEndpoint({
    name: 'signInToPlatform',
    path: 'login',
    summary: 'Sign in as one of those who run the installation',
    answers: PlatformSignedInView,
    status: 200,
    idempotent: false,
    problems: [problems.refused, problems.tooManyAttempts, problems.busy],
  })
  async signInToPlatform(
    @Body({ schema: PlatformSignInBody }) { email, password }: PlatformSignInBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PlatformSignedInView> {
    const { cookies, devices } = this.door;
    const known = emailText(email);
    const knownDevice = devices.read(cookies.device(request), known);
    const ip = request.ip ?? '';
    const origin = sessionOrigin(request.headers['user-agent'], ip);
    const { session, admin } = await this.signIns.signIn({ email, password, ip, origin, knownDevice });
    if (knownDevice === undefined) cookies.setDevice(response, devices.write(known));
    return this.#signedIn(session, admin, response);
  }

  @Public()
  @CommandEndpoint({
    name: 'refreshPlatformSession',
    path: 'refresh',
    summary: 'Exchange the refresh cookie for a new access token and the next cookie',
    answers: PlatformSignedInView,
    status: 200,
    idempotent: false,
    problems: [problems.sessionEnded],
  })
  async refreshPlatformSession(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PlatformSignedInView> {
    const { cookies } = this.door;
    const token = cookies.refreshToken(request);
    const origin = sessionOrigin(request.headers['user-agent'], request.ip);
    const session = token === undefined ? undefined : await this.sessions.refresh(token, origin);
    const admin = session && (await this.admins.byId(session.admin.adminId));
    if (!admin) {
      cookies.clearRefreshToken(response);
      throw new ProblemError(problems.sessionEnded);
    }
    return this.#signedIn(session, admin, response);
  }

  @ForPlatformAdmins()
  @CommandEndpoint({
    name: 'signOutOfPlatform',
    path: 'logout',
    summary: 'End the session of a platform admin',
    idempotent: false,
  })
  async signOutOfPlatform(
    @CurrentPlatformAdmin() { sessionId }: PlatformAdmin,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.sessions.end(sessionId);
    this.door.cookies.clearRefreshToken(response);
  }

  #signedIn(session: OpenPlatformSession, admin: StoredAdmin, response: Response): PlatformSignedInView {
    this.door.cookies.setRefreshToken(response, session.refreshToken);
    return {
      accessToken: this.tokens.issue(session.admin),
      expiresIn: PLATFORM_TOKEN_SECONDS,
      sessionEndsAt: session.endsAt.toISOString(),
      admin: { id: admin.adminId, name: admin.name, email: admin.email },
    };
  }
}
