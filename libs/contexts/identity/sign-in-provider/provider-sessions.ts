import type { Clock } from '@ledgerdesk/kernel';
import type { Accounts } from '../accounts.js';
import type { SeatProfile, SeatProfiles } from '../seats/seat-profiles.js';
import type { SecondFactors } from '../second-factor/second-factors.js';
import type { SessionOrigin } from '../sessions/session-origin.js';
import type { OpenSession, Sessions } from '../sessions/sessions.js';
import type { SignInLimits } from '../sign-in/sign-in-limits.js';
import { believed } from './believed.js';
import { FLOW_MINUTES, type Vouched } from './flow.js';
import type { ProviderSeats } from './provider-seats.js';
import type { Vouching } from './provider-sign-in.js';

export interface ProviderSessionParts {
  readonly accounts: Accounts;
  readonly seats: ProviderSeats;
  readonly profiles: SeatProfiles;
  readonly factors: SecondFactors;
  readonly sessions: Sessions;
  readonly limits: SignInLimits;
  readonly clock: Clock;
}

export interface Opened {
  readonly session: OpenSession;
  readonly profile: SeatProfile;
  readonly email: string;
}

const FLOW_MILLISECONDS = FLOW_MINUTES * 60_000;

/** Opens sessions for people whom a provider vouches for. A text says for the log why it does not. */
export class ProviderSessions {
  constructor(private readonly parts: ProviderSessionParts) {}

  /** A session; or, where a code of their own second factor is still to be shown, what to remember until then. */
  async open({ flow, provider, claims }: Vouching, origin: SessionOrigin): Promise<Opened | Vouched | string> {
    const { seats, profiles, accounts, factors, clock } = this.parts;
    const person = believed(claims, provider.settings);
    if (typeof person === 'string') return person;
    const { issuer } = provider.settings;
    const identity = { workspaceId: flow.workspaceId, issuer, subject: person.subject };
    const seat = await seats.seatOf(identity, person, claims, provider.settings);
    if (typeof seat === 'string') return seat;
    const account = await accounts.byId(seat.accountId);
    const profile = await profiles.of(seat);
    if (!account || !profile) return 'the seat is not in use';
    const { email, passwordGeneration } = account;
    const { isStrong } = person;
    const until = clock.now() + FLOW_MILLISECONDS;
    const vouched: Vouched = { ...seat, ...identity, email, passwordGeneration, isStrong, until };
    if (!isStrong && (await factors.of(seat.accountId))) {
      // Looked at before anybody is asked for a code, and once more with it.
      return profile.member.role === 'owner' ? OWNERS : vouched;
    }
    return this.#opened(vouched, profile, origin);
  }

  /**
   * With the code that was still missing.
   * @returns `too many` when codes were tried too often
   */
  async openWithCode(vouched: Vouched, code: string, origin: SessionOrigin, ip: string): Promise<Opened | string> {
    const { limits, factors, profiles } = this.parts;
    const { accountId, workspaceId, memberId, email } = vouched;
    // The same counters as at the front door: nobody gets more guesses by coming through another one.
    const counted = await limits.count({ email, ip, withCode: true });
    if (!counted.allowed) return TOO_MANY;
    const factor = await factors.of(accountId);
    if (!factor || !(await factors.takes(factor, code, { isKnown: false }))) return 'the code is wrong';
    const profile = await profiles.of({ accountId, workspaceId, memberId });
    if (!profile) return 'the seat is not in use';
    const opened = await this.#opened(vouched, profile, origin);
    if (typeof opened !== 'string') await counted.refund();
    return opened;
  }

  async #opened(vouched: Vouched, profile: SeatProfile, origin: SessionOrigin): Promise<Opened | string> {
    const { seats, sessions, accounts } = this.parts;
    const { passwordGeneration, isStrong, email } = vouched;
    // Admins set providers up, and nobody becomes more than they are by what they set up.
    if (profile.member.role === 'owner') return OWNERS;
    if (!(await seats.link(vouched, profile.seat))) return 'the seat belongs to another subject';
    const session = await sessions.open(profile.seat, {
      ...origin,
      passwordGeneration,
      provedBy: ['sso'],
      byProvider: { isStrong },
    });
    if (!session) return 'the password was changed meanwhile';
    await accounts.useSeat(profile.seat);
    return { session, profile, email };
  }
}

export const TOO_MANY = 'too many attempts';
const OWNERS = 'owners sign in with their passwords';
