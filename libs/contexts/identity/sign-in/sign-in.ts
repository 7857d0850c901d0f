import { ProblemError } from '@ledgerdesk/http';
import { type Accounts, emailText } from '../accounts.js';
import { problems } from '../problems.js';
import type { SeatProfile, SeatProfiles } from '../seats/seat-profiles.js';
import type { SessionOrigin } from '../sessions/session-origin.js';
import type { OpenSession, Sessions } from '../sessions/sessions.js';
import type { Proofs } from '../proofs/proofs.js';
import type { PasswordCheck } from './password-check.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Of a second factor, for accounts that have one; else it counts for nothing. */
  readonly code?: string | undefined;
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

/** Opens a session for a password, and a code where the account has a second factor. Every refusal looks and lasts the same, whatever the reason. */
export class SignIn {
  constructor(
    private readonly proofs: Proofs,
    private readonly check: PasswordCheck,
    private readonly accounts: Accounts,
    private readonly profiles: SeatProfiles,
    private readonly sessions: Sessions,
  ) {}

  /** @throws ProblemError `sign-in.refused`, `sign-in.too-many-attempts`, `sign-in.busy` */
  async signIn(credentials: Credentials): Promise<SignedIn> {
    const { password, code, ip, knownDevice } = credentials;
    const shown = { email: emailText(credentials.email), password, code, ip, known: knownDevice };
    const proved = await this.proofs.of(shown, problems.tooManyAttempts);
    if (!proved) throw new ProblemError(problems.refused);
    const { account, by, refund } = proved;
    const profile = await this.#seat(account.accountId, credentials.workspace);
    if (!profile) throw new ProblemError(problems.refused);
    const { passwordGeneration } = account;
    const opening = { ...credentials.origin, passwordGeneration, provedBy: by };
    const session = await this.sessions.open(profile.seat, opening);
    if (!session) throw new ProblemError(problems.refused);
    await refund();
    const stronger = await this.check.strengthened(account, password);
    if (stronger !== undefined) await this.accounts.replaceHash(account, stronger);
    await this.accounts.useSeat(profile.seat);
    return { session, profile };
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
