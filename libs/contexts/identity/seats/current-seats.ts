import type { Principal, SeatClaim, Seats } from '@ledgerdesk/auth';
import type { Directory, RightsOfSeats } from '@ledgerdesk/workspaces';
import type { Sessions } from '../sessions/sessions.js';

/** Answers for every access token whether its session goes on and what its seat may do now, and not before what. */
export class CurrentSeats implements Seats {
  constructor(
    private readonly sessions: Sessions,
    private readonly directory: Directory,
    private readonly rights: RightsOfSeats,
  ) {}

  async current(claim: SeatClaim): Promise<Principal | undefined> {
    const [goesOn, member, workspace] = await Promise.all([
      this.sessions.goesOn(claim),
      this.directory.member(claim.workspaceId, claim.memberId),
      this.directory.workspace(claim.workspaceId),
    ]);
    if (!goesOn || member?.status !== 'active' || member.accountId !== claim.accountId) return undefined;
    const rights = await this.rights.of(claim.workspaceId, member);
    const principal = { ...claim, ...rights, ...(workspace?.suspension && { isSuspended: true as const }) };
    const lacksFactor = workspace?.secondFactor === 'required' && !goesOn.hasSecondFactor;
    return lacksFactor ? { ...principal, mustSetUp: 'second-factor' } : principal;
  }
}
