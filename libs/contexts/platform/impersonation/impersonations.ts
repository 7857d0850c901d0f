import type { Impersonated, Impersonator, Principal, SeatClaim } from '@ledgerdesk/auth';
import {
  DatabaseClock,
  EVENT_STORE,
  EventCodec,
  type EventStore,
  readWhole,
  streamName,
} from '@ledgerdesk/event-store';
import { fold, type Recorded } from '@ledgerdesk/kernel';
import { Directory, RightsOfSeats } from '@ledgerdesk/workspaces';
import { Inject, Injectable } from '@nestjs/common';
import { type Impersonation, impersonationDecider, type ImpersonationEvent } from '../domain/impersonation.js';
import { PlatformSessions } from '../sign-in/platform-sessions.js';

/** Answers for every token of somebody who acts as a member whether they still may, and what the seat may do now. */
@Injectable()
export class Impersonations implements Impersonated {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(EventCodec) private readonly codec: EventCodec,
    @Inject(DatabaseClock) private readonly clock: DatabaseClock,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(RightsOfSeats) private readonly rights: RightsOfSeats,
    @Inject(PlatformSessions) private readonly sessions: PlatformSessions,
  ) {}

  /** As the ledger has it; `undefined` when there is none. */
  async of(workspaceId: string, impersonationId: string): Promise<Impersonation | undefined> {
    const stored = await readWhole(this.store, streamName('impersonation', workspaceId, impersonationId));
    return fold(impersonationDecider, this.codec.sealedView(stored) as readonly Recorded<ImpersonationEvent>[]);
  }

  async current(claim: SeatClaim & Impersonator): Promise<Principal | undefined> {
    const { workspaceId, memberId, sessionId, accountId, impersonatedBy } = claim;
    const [running, member, workspace] = await Promise.all([
      this.of(workspaceId, sessionId),
      this.directory.member(workspaceId, memberId),
      this.directory.workspace(workspaceId),
    ]);
    if (running?.adminId !== impersonatedBy || running.memberId !== memberId) return undefined;
    if (running.ended || Date.parse(running.until) <= this.clock.now()) return undefined;
    // The workspace may change its mind in the middle of it.
    if (workspace?.supportAccess !== 'allowed') return undefined;
    if (member?.status !== 'active' || member.accountId !== accountId) return undefined;
    const admin = await this.sessions.current({ adminId: running.adminId, sessionId: running.sessionId });
    if (!admin) return undefined;
    const rights = await this.rights.of(workspaceId, member);
    return {
      ...{ accountId, memberId, workspaceId, sessionId, ...rights },
      ...(workspace.suspension && { isSuspended: true }),
      impersonation: { adminId: impersonatedBy, until: running.until },
    };
  }
}
