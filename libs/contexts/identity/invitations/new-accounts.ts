import { ProblemError } from '@ledgerdesk/http';
import type { Accounts } from '../accounts.js';
import { UNFIT } from '../passwords/password-changes.js';
import { unfitness } from '../passwords/password-rules.js';
import type { Passwords } from '../passwords/passwords.js';
import { unlessBusy } from '../sign-in/unless-busy.js';

export interface NewAccount {
  /** The same for every try. */
  readonly id: string;
  readonly email: string;
  readonly password: string;
}

/** Makes accounts for people whose address is proved. */
export class NewAccounts {
  constructor(
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    /** Only where demo logins are shown to everybody anyway. */
    private readonly demoPasswordAllowed: boolean,
  ) {}

  /**
   * Its id, or `undefined` when the address has an account already, also one that was made a moment ago: its password counts then.
   * @throws ProblemError `password.*`, `sign-in.busy`
   */
  async make({ id, email, password }: NewAccount): Promise<string | undefined> {
    if (await this.accounts.byEmail(email)) return undefined;
    const reason = unfitness(password, { email, demoPasswordAllowed: this.demoPasswordAllowed });
    if (reason !== undefined) throw new ProblemError(UNFIT[reason]);
    const nothingCounted = { refund: (): Promise<void> => Promise.resolve() };
    const passwordHash = await unlessBusy(nothingCounted, () => this.passwords.hash(password));
    await this.accounts.register({ accountId: id, email, passwordHash });
    return (await this.accounts.byEmail(email))?.passwordHash === passwordHash ? id : undefined;
  }
}
