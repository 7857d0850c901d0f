import type { ProofMethod } from '@ledgerdesk/auth';
import { type Problem, ProblemError } from '@ledgerdesk/http';
import type { Accounts, StoredAccount } from '../accounts.js';
import type { Passwords } from '../passwords/passwords.js';
import type { SecondFactors } from '../second-factor/second-factors.js';
import type { SignInLimits } from '../sign-in/sign-in-limits.js';
import { unlessBusy } from '../sign-in/unless-busy.js';

/** What somebody shows to prove who they are. */
export interface Shown {
  readonly email: string;
  readonly password: string;
  /** Of the authenticator, or a backup code. */
  readonly code?: string | undefined;
  readonly ip: string;
  /** Id of a device or a session that the account is known on; it has attempts of its own. */
  readonly known?: string | undefined;
}

export interface Proved {
  readonly account: StoredAccount;
  /** With what: a second factor is among it whenever the account has one. */
  readonly by: readonly ProofMethod[];
  /** Takes the attempt back, because everything was right. */
  readonly refund: () => Promise<void>;
}

/** The one place where passwords and codes are looked at, whichever door they are shown at: all doors count the same attempts. */
export class Proofs {
  constructor(
    private readonly limits: SignInLimits,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly factors: SecondFactors,
  ) {}

  /**
   * `undefined` when anything of it is wrong or missing. Which of it shows neither in the answer nor in the time that it takes: an account
   * without a second factor is asked for one all the same, and a code is compared with nothing while the password is wrong.
   * @param tooMany what to refuse with when there were too many attempts
   * @throws ProblemError `tooMany`, `sign-in.busy`
   */
  async of({ email, password, code, ip, known }: Shown, tooMany: Problem): Promise<Proved | undefined> {
    // Counted before anything is looked up or hashed: guesses must cost the guesser, not us.
    const attempt = { email, ip, withCode: code !== undefined, ...(known !== undefined && { knownDevice: known }) };
    const counted = await this.limits.count(attempt);
    if (!counted.allowed) {
      throw new ProblemError(tooMany, undefined, [], { 'Retry-After': String(counted.retryAfter) });
    }
    const account = await this.accounts.byEmail(email);
    const factor = await this.factors.of(account?.accountId);
    const matches = await unlessBusy(counted, () => this.passwords.match(account?.passwordHash, password));
    const { refund } = counted;
    if (account && matches) {
      if (!factor) return { account, by: ['pwd'], refund };
      const isKnown = known !== undefined;
      return (await this.factors.takes(factor, code, { isKnown }))
        ? { account, by: ['pwd', 'otp'], refund }
        : undefined;
    }
    if (code !== undefined) await this.factors.noteWrong(undefined);
    return undefined;
  }
}
