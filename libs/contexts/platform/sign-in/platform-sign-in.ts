import { ProblemError } from '@ledgerdesk/http';
import { emailText, type PasswordCheck, type SessionOrigin, signInProblems } from '@ledgerdesk/identity';
import type { AdminTable, StoredAdmin } from '../admins/admin-table.js';
import type { OpenPlatformSession, PlatformSessions } from './platform-sessions.js';

export interface PlatformCredentials {
  readonly email: string;
  readonly password: string;
  readonly ip: string;
  readonly origin: SessionOrigin;
  /** Id of a device that this admin is known on. */
  readonly knownDevice?: string | undefined;
}

/** Signs platform admins in: the same check as for members, against other credentials and with counters of its own. */
export class PlatformSignIn {
  constructor(
    private readonly check: PasswordCheck,
    private readonly admins: AdminTable,
    private readonly sessions: PlatformSessions,
  ) {}

  /** @throws ProblemError `sign-in.refused`, `sign-in.too-many-attempts`, `sign-in.busy` */
  async signIn({
    password,
    ip,
    origin,
    knownDevice,
    ...given
  }: PlatformCredentials): Promise<{ readonly session: OpenPlatformSession; readonly admin: StoredAdmin }> {
    const email = emailText(given.email);
    const attempt = { email, ip, ...(knownDevice !== undefined && { knownDevice }) };
    const { account, refund } = await this.check.shown(attempt, password, () => this.admins.byEmail(email));
    const session = await this.sessions.open(account, origin);
    if (!session) throw new ProblemError(signInProblems.refused);
    await refund();
    const stronger = await this.check.strengthened(account, password);
    if (stronger !== undefined) await this.admins.replaceHash(account, stronger);
    return { session, admin: account };
  }
}
