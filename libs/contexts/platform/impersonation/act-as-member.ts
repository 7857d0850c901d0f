import { Inject, Injectable } from '@nestjs/common';
import { AccessTokens, type PlatformAdmin } from '@ledgerdesk/auth';
import { CommandRunner, DatabaseClock } from '@ledgerdesk/event-store';
import { ProblemError } from '@ledgerdesk/http';
import type { CommandContext } from '@ledgerdesk/kernel';
import { Directory } from '@ledgerdesk/workspaces';
import { EndImpersonation, impersonationDecider, StartImpersonation } from '../domain/impersonation.js';
import { impersonationProblems as problems } from '../http/impersonation.problems.js';
import { Impersonations } from './impersonations.js';

/** What the admin acts with. */
export interface ActingAs {
  readonly id: string;
  readonly accessToken: string;
  /** RFC 3339. */
  readonly until: string;
}

/** Proves nothing: whatever asks for a fresh proof stays closed. */
const NO_PROOF = { at: 0, by: ['pwd'] } as const;

/** Lets a platform admin act as a member for a while, in the ledger of the workspace, and ends it. */
@Injectable()
export class ActAsMember {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Impersonations) private readonly impersonations: Impersonations,
    @Inject(AccessTokens) private readonly tokens: AccessTokens,
    @Inject(DatabaseClock) private readonly clock: DatabaseClock,
  ) {}

  /** @throws ProblemError `workspace.not-found`, `member.not-found`, `impersonation.refused-by-workspace`; what the commands throw */
  async start(
    { adminId, sessionId }: PlatformAdmin,
    id: string,
    { memberId, reason, minutes }: { readonly memberId: string; readonly reason: string; readonly minutes: number },
    issued: CommandContext,
  ): Promise<ActingAs> {
    const { workspaceId } = issued;
    await this.#seat(workspaceId, memberId);
    const wish = { adminId, sessionId, memberId, reason, minutes };
    await this.runner.run(impersonationDecider, new StartImpersonation(id, wish), issued);
    return this.token({ adminId, sessionId }, workspaceId, id);
  }

  /** Another access token while it lasts. @throws ProblemError `impersonation.not-found` when it is over, or of somebody else */
  async token({ adminId }: PlatformAdmin, workspaceId: string, id: string): Promise<ActingAs> {
    const running = await this.impersonations.of(workspaceId, id);
    const isOver = !running || running.ended || Date.parse(running.until) <= this.clock.now();
    if (isOver || running.adminId !== adminId) throw new ProblemError(problems.notFound);
    const { memberId, until } = running;
    const accountId = await this.#seat(workspaceId, memberId);
    const claim = { accountId, workspaceId, memberId, sessionId: id, impersonatedBy: adminId };
    return { id, accessToken: this.tokens.issue(claim, NO_PROOF, Date.parse(until)), until };
  }

  /** Over HTTP and sockets it is over within five seconds. */
  async end({ adminId }: PlatformAdmin, id: string, issued: CommandContext): Promise<void> {
    await this.runner.run(impersonationDecider, new EndImpersonation(id, adminId), issued);
  }

  /** The account behind a seat that somebody may act in. */
  async #seat(workspaceId: string, memberId: string): Promise<string> {
    const [workspace, member] = await Promise.all([
      this.directory.workspace(workspaceId),
      this.directory.member(workspaceId, memberId),
    ]);
    if (!workspace) throw new ProblemError(problems.workspaceNotFound);
    if (workspace.supportAccess !== 'allowed') throw new ProblemError(problems.refusedByWorkspace);
    if (member?.status !== 'active' || member.accountId === null) throw new ProblemError(problems.memberNotFound);
    return member.accountId;
  }
}
