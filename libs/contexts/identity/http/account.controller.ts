import { Body, Controller, Inject, Param, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Can, CurrentMember, type Principal, WhileSuspended } from '@ledgerdesk/auth';
import { CommandEndpoint, QueryEndpoint } from '@ledgerdesk/http';
import { PasswordChanges } from '../passwords/password-changes.js';
import { problems } from '../problems.js';
import { OwnSessions } from '../sessions/own-sessions.js';
import { ChangePasswordBody, EndedSessionsView, OwnSessionList, ownSessionView } from './account.schemas.js';
import { SessionIdPipe } from './session-id.pipe.js';

/** What people do about their own account: see where they are signed in, end that, and change the password. */
@ApiTags('account')
@Controller('me')
export class AccountController {
  constructor(
    @Inject(OwnSessions) private readonly sessions: OwnSessions,
    @Inject(PasswordChanges) private readonly passwords: PasswordChanges,
  ) {}

  @Can('list', 'Session')
  @QueryEndpoint({
    name: 'listSessions',
    path: 'sessions',
    summary: 'Where the account is signed in, in whatever workspace',
    answers: OwnSessionList,
  })
  async listSessions(@CurrentMember() member: Principal): Promise<OwnSessionList> {
    const { sessions, hasMore } = await this.sessions.list(member);
    return { data: sessions.map((session) => ownSessionView(session, member.sessionId)), hasMore };
  }

  @WhileSuspended()
  @Can('end', 'Session')
  @CommandEndpoint({
    name: 'endSession',
    path: 'sessions/:sessionId/end',
    summary: 'End one of the own sessions; its tokens are refused within five seconds',
    problems: [problems.sessionNotFound, problems.sessionEnded],
  })
  async endSession(@Param('sessionId', SessionIdPipe) id: string, @CurrentMember() member: Principal): Promise<void> {
    await this.sessions.end(member, id);
  }

  @WhileSuspended()
  @Can('end', 'Session')
  @CommandEndpoint({
    name: 'endOtherSessions',
    path: 'sessions/end-others',
    summary: 'End all own sessions but this one',
    answers: EndedSessionsView,
    problems: [problems.sessionEnded],
  })
  async endOtherSessions(@CurrentMember() member: Principal): Promise<EndedSessionsView> {
    return { ended: await this.sessions.endOthers(member) };
  }

  /**
   * Remembers no request: a row of it would hold a quick digest of two passwords. Sent twice, it is done once all the same.
   */
  @WhileSuspended()
  @Can('change', 'Password')
  @CommandEndpoint({
    name: 'changePassword',
    path: 'password',
    summary: 'Change the own password, and end all other sessions; safe to send again',
    idempotent: false,
    problems: [
      problems.passwordRefused,
      problems.passwordUnchanged,
      problems.passwordTooShort,
      problems.passwordTooCommon,
      problems.passwordAboutYou,
      problems.passwordTooManyAttempts,
      problems.sessionEnded,
      problems.busy,
    ],
  })
  async changePassword(
    @Body({ schema: ChangePasswordBody }) { current, code, new: replacement }: ChangePasswordBody,
    @CurrentMember() seat: Principal,
    @Req() { ip = '' }: Request,
  ): Promise<void> {
    await this.passwords.change({ seat, current, code, replacement, ip });
  }
}
