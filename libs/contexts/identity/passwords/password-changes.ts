import type { SeatClaim } from '@ledgerdesk/auth';
import { type Problem, ProblemError } from '@ledgerdesk/http';
import type { ReadStore } from '@ledgerdesk/read-store';
import type { Accounts, StoredAccount } from '../accounts.js';
import { problems } from '../problems.js';
import { endOtherSessions, inSession } from '../sessions/own-sessions.js';
import type { Proofs } from '../proofs/proofs.js';
import { unlessBusy } from '../sign-in/unless-busy.js';
import { type Unfitness, unfitness } from './password-rules.js';
import type { Passwords } from './passwords.js';

export interface PasswordChange {
  readonly seat: SeatClaim;
  readonly current: string;
  readonly replacement: string;
  /** For accounts with a second factor. */
  readonly code?: string | undefined;
  readonly ip: string;
}

export interface PasswordChangeOptions {
  /** Only where demo logins are shown to everybody anyway. */
  readonly demoPasswordAllowed: boolean;
  /** Told about what was done, with the number of sessions that it ended. */
  readonly onChanged: (accountId: string, ended: number) => void;
}

/** How each reason is said. */
export const UNFIT: Readonly<Record<Unfitness, Problem>> = {
  'too-short': problems.passwordTooShort,
  'too-common': problems.passwordTooCommon,
  'about-you': problems.passwordAboutYou,
};

/**
 * Changes the password of somebody who knows the present one, and ends all their other sessions. Safe to repeat without remembering
 * any request: the session that has set a password may set it once more.
 */
export class PasswordChanges {
  constructor(
    private readonly store: ReadStore,
    private readonly proofs: Proofs,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly options: PasswordChangeOptions,
  ) {}

  /** @throws ProblemError `password.*`, `session.ended`, `sign-in.busy`; nothing has been changed then */
  async change({ seat, current, replacement, code, ip }: PasswordChange): Promise<void> {
    const account = await this.#accountOf(seat);
    const { demoPasswordAllowed, onChanged } = this.options;
    const reason = unfitness(replacement, { email: account.email, demoPasswordAllowed });
    if (reason !== undefined) throw new ProblemError(UNFIT[reason]);
    if (replacement === current) throw new ProblemError(problems.passwordUnchanged);
    // A session has attempts of its own, like a device that the account is known on: strangers who guess at the front door do not use
    // them up. Right ones are not given back, because a change costs two hashes.
    const shown = { email: account.email, password: current, code, ip, known: seat.sessionId };
    const proved = await this.proofs.of(shown, problems.passwordTooManyAttempts);
    if (proved) {
      const hash = await unlessBusy(proved, () => this.passwords.hash(replacement));
      const ended = await this.#replace(seat, proved.account, hash);
      if (ended !== undefined) {
        onChanged(seat.accountId, ended);
        return;
      }
    }
    const refund = proved?.refund ?? (() => Promise.resolve());
    const isDone = await unlessBusy({ refund }, () => this.#isDone(seat, replacement));
    if (!isDone) throw new ProblemError(problems.passwordRefused);
  }

  async #accountOf({ accountId }: SeatClaim): Promise<StoredAccount> {
    const account = await this.accounts.byId(accountId);
    if (!account) throw new ProblemError(problems.sessionEnded);
    return account;
  }

  /** How many sessions that has ended; `undefined` when the password was changed meanwhile. */
  async #replace(seat: SeatClaim, account: StoredAccount, hash: string): Promise<number | undefined> {
    return inSession(this.store, seat, async (sql) => {
      const changed = await sql.rows(
        `update account set password_hash = $3, password_generation = password_generation + 1, password_set_by = $4
         where id = $1 and password_generation = $2 returning 1`,
        [account.accountId, account.passwordGeneration, hash, seat.sessionId],
      );
      return changed.length === 0 ? undefined : endOtherSessions(sql, seat, 'password changed');
    });
  }

  /** Whether this very session has done it before: its answer was lost, or it was asked twice. */
  async #isDone(seat: SeatClaim, replacement: string): Promise<boolean> {
    const { passwordSetBy, passwordHash } = await this.#accountOf(seat);
    return passwordSetBy === seat.sessionId && (await this.passwords.match(passwordHash, replacement));
  }
}
