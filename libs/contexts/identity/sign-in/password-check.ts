import { ProblemError } from '@ledgerdesk/http';
import { HashingBusy } from '../passwords/hashing-queue.js';
import type { Passwords } from '../passwords/passwords.js';
import { problems } from '../problems.js';
import type { Attempt, SignInLimits } from './sign-in-limits.js';
import { unlessBusy } from './unless-busy.js';

interface WithPassword {
  readonly passwordHash: string;
}

/** Somebody who has shown the right password. */
export interface Shown<Account extends WithPassword> {
  readonly account: Account;
  /** Takes the attempt back, once the rest has gone well too. */
  readonly refund: () => Promise<void>;
}

/**
 * The front part of every sign-in: counts the attempt, looks the account up and checks the password. Every refusal looks and lasts
 * the same, whatever the reason.
 */
export class PasswordCheck {
  constructor(
    private readonly limits: SignInLimits,
    private readonly passwords: Passwords,
  ) {}

  /** @throws ProblemError `sign-in.refused`, `sign-in.too-many-attempts`, `sign-in.busy` */
  async shown<Account extends WithPassword>(
    attempt: Attempt,
    password: string,
    find: () => Promise<Account | undefined>,
  ): Promise<Shown<Account>> {
    // Counted before anything is looked up or hashed: guesses must cost the guesser, not us.
    const counted = await this.limits.count(attempt);
    if (!counted.allowed) throw tooMany(counted.retryAfter);
    const account = await find();
    const matches = await unlessBusy(counted, () => this.passwords.match(account?.passwordHash, password));
    if (!account || !matches) throw new ProblemError(problems.refused);
    return { account, refund: counted.refund };
  }

  /** A new hash in place of one that was made with less work than today's; when there is no time now, the next sign-in makes it. */
  async strengthened({ passwordHash }: WithPassword, password: string): Promise<string | undefined> {
    if (!this.passwords.isOutdated(passwordHash)) return undefined;
    try {
      return await this.passwords.hash(password);
    } catch (error) {
      if (!(error instanceof HashingBusy)) throw error;
      return undefined;
    }
  }
}

function tooMany(seconds: number): ProblemError {
  return new ProblemError(problems.tooManyAttempts, undefined, [], { 'Retry-After': String(seconds) });
}
