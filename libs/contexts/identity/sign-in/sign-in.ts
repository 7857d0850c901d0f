import { ProblemError } from '@ledgerdesk/http';
import { type Accounts, emailText } from '../accounts.js';
import { problems } from '../problems.js';
import type { SeatProfile, SeatProfiles } from '../seats/seat-profiles.js';
import type { SessionOrigin } from '../sessions/session-origin.js';
import type { OpenSession, Sessions } from '../sessions/sessions.js';
import type { PasswordCheck } from './password-check.js';

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
    private readonly check: PasswordCheck,
    private readonly accounts: Accounts,
    private readonly profiles: SeatProfiles,
    private readonly sessions: Sessions,
  ) {}

  /** @throws ProblemError `sign-in.refused`, `sign-in.too-many-attempts`, `sign-in.busy` */
  async signIn(credentials: Credentials): Promise<SignedIn> {
    const email = emailText(credentials.email);
    const { ip, knownDevice, password } = credentials;
    const attempt = { email, ip, ...(knownDevice !== undefined && { knownDevice }) };
    const { account, refund } = await this.check.shown(attempt, password, () => this.accounts.byEmail(email));
    const profile = await this.#seat(account.accountId, credentials.workspace);
    if (!profile) throw new ProblemError(problems.refused);
    const { passwordGeneration } = account;
    const session = await this.sessions.open(profile.seat, { ...credentials.origin, passwordGeneration });
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
