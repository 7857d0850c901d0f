import type { Principal, SeatClaim, Seats } from '@ledgerdesk/auth';
import type { Directory } from '@ledgerdesk/workspaces';
import type { Sessions } from '../sessions/sessions.js';

/** Answers for every access token whether its session goes on and which role its seat has now. */
export class CurrentSeats implements Seats {
  constructor(
    private readonly sessions: Sessions,
    private readonly directory: Directory,
  ) {}

  async current(claim: SeatClaim): Promise<Principal | undefined> {
    const [goesOn, member] = await Promise.all([
      this.sessions.goesOn(claim),
      this.directory.member(claim.workspaceId, claim.memberId),
    ]);
    if (!goesOn || member?.status !== 'active' || member.accountId !== claim.accountId) return undefined;
    return { ...claim, role: member.role };
  }
}
