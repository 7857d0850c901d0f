import { ProblemError } from '@ledgerdesk/http';
import { type Account, type Accounts, emailText } from '../accounts.js';
import { HashingBusy } from '../passwords/hashing-queue.js';
import type { Passwords } from '../passwords/passwords.js';
import { problems } from '../problems.js';
import type { SeatProfile, SeatProfiles } from '../seats/seat-profiles.js';
import type { SessionOrigin } from '../sessions/session-origin.js';
import type { OpenSession, Sessions } from '../sessions/sessions.js';
import type { SignInLimits } from './sign-in-limits.js';
import { unlessBusy } from './unless-busy.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Slug; by default the workspace that was used last. */
  readonly workspace?: string | undefined;
  readonly ip: string;
  /** What the session is remembered by. */
  readonly origin: SessionOrigin;
  /** Id of a device that the account is known on. */
  readonly knownDevice?: string | undefined;
}

export interface SignedIn {
  readonly session: OpenSession;
  readonly profile: SeatProfile;
}

/** Checks a password and opens a session. Every refusal looks and lasts the same, whatever the reason. */
export class SignIn {
  constructor(
    private readonly limits: SignInLimits,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly profiles: SeatProfiles,
    private readonly sessions: Sessions,
  ) {}

  /** @throws ProblemError `sign-in.refused`, `sign-in.too-many-attempts`, `sign-in.busy` */
  async signIn(credentials: Credentials): Promise<SignedIn> {
    const email = emailText(credentials.email);
    const { ip, knownDevice } = credentials;
    // Counted before anything is looked up or hashed: guesses must cost the guesser, not us.
    const counted = await this.limits.count({ email, ip, ...(knownDevice !== undefined && { knownDevice }) });
    if (!counted.allowed) throw tooMany(counted.retryAfter);
    const account = await this.accounts.byEmail(email);
    const matches = await unlessBusy(counted, () => this.passwords.match(account?.passwordHash, credentials.password));
    if (!account || !matches) throw new ProblemError(problems.refused);
    const profile = await this.#seat(account.accountId, credentials.workspace);
    if (!profile) throw new ProblemError(problems.refused);
    const { passwordGeneration } = account;
    const session = await this.sessions.open(profile.seat, { ...credentials.origin, passwordGeneration });
    if (!session) throw new ProblemError(problems.refused);
    await counted.refund();
    await this.#strengthen(account, credentials.password);
    await this.accounts.useSeat(profile.seat);
    return { session, profile };
  }

  /** Replaces a hash that was made with less work than today's; when there is no time now, the next sign-in will do it. */
  async #strengthen(account: Account, password: string): Promise<void> {
    if (!this.passwords.isOutdated(account.passwordHash)) return;
    try {
      await this.accounts.replaceHash(account, await this.passwords.hash(password));
    } catch (error) {
      if (!(error instanceof HashingBusy)) throw error;
    }
  }

  /** The first seat that may be used, in the workspace that was asked for. */
  async #seat(accountId: string, slug: string | undefined): Promise<SeatProfile | undefined> {
    for (const seat of await this.accounts.seatsOf(accountId)) {
      const profile = await this.profiles.of(seat);
      if (profile && (slug === undefined || profile.workspace.slug === slug)) return profile;
    }
    return undefined;
  }
}

function tooMany(seconds: number): ProblemError {
  return new ProblemError(problems.tooManyAttempts, undefined, [], { 'Retry-After': String(seconds) });
}
