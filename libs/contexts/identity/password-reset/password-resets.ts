import { ProblemError } from '@ledgerdesk/http';
import type { ReadStore } from '@ledgerdesk/read-store';
import type { Accounts } from '../accounts.js';
import type { LinkTokens } from '../link-tokens.js';
import { UNFIT } from '../passwords/password-changes.js';
import { unfitness } from '../passwords/password-rules.js';
import type { Passwords } from '../passwords/passwords.js';
import type { Counted, SignInLimits } from '../sign-in/sign-in-limits.js';
import { unlessBusy } from '../sign-in/unless-busy.js';
import { passwordResetProblems as problems } from './password-reset.problems.js';
import { goodLink, type GoodLink } from './reset-links.js';
import { type PasswordResetRequest, type PasswordResetRequests } from './reset-requests.js';

export interface PasswordResetParts {
  readonly store: ReadStore;
  /** Counters of their own: whoever asks for links in somebody's name does not hold up their signing in. */
  readonly limits: SignInLimits;
  readonly accounts: Accounts;
  readonly passwords: Passwords;
  readonly requests: PasswordResetRequests;
  readonly tokens: LinkTokens;
  /** Only where demo logins are shown to everybody anyway. */
  readonly demoPasswordAllowed: boolean;
  /** Told about what was done, with the number of sessions that it ended. */
  readonly onReset: (accountId: string, ended: number) => void;
}

/** A new password for somebody who has lost theirs and reads the mail of the account. */
export class PasswordResets {
  constructor(private readonly parts: PasswordResetParts) {}

  /** @throws ProblemError `password-reset.too-many-attempts` */
  async ask({ ip, ...request }: PasswordResetRequest & { readonly ip: string }): Promise<void> {
    await this.#count(request.email, ip);
    await this.parts.requests.note(request);
  }

  /**
   * Sets the password and ends all sessions of the account. It opens none: whoever has the mail of an account still has to sign in.
   * Safe to repeat with the same password, in case the answer was lost.
   * @throws ProblemError `password-reset.*`, `password.*`, `sign-in.busy`; nothing has been changed then
   */
  async complete(token: string, password: string, ip: string): Promise<void> {
    const { store, tokens, passwords, demoPasswordAllowed, onReset } = this.parts;
    const id = tokens.read(token);
    const counted = await this.#count(id ?? 'no link', ip);
    if (id === undefined) throw new ProblemError(problems.void);
    const link = await store.global((sql) => goodLink(sql, id));
    if (link) {
      const reason = unfitness(password, { email: link.email, demoPasswordAllowed });
      if (reason !== undefined) throw new ProblemError(UNFIT[reason]);
      const hash = await unlessBusy(counted, () => passwords.hash(password));
      const ended = await this.#replace(id, link, hash);
      if (ended !== undefined) {
        onReset(link.accountId, ended);
        return;
      }
    }
    if (!(await this.#isDone(id, password, counted))) throw new ProblemError(problems.void);
  }

  async #count(email: string, ip: string): Promise<Counted> {
    const counted = await this.parts.limits.count({ email, ip });
    if (counted.allowed) return counted;
    throw new ProblemError(problems.tooMany, undefined, [], { 'Retry-After': String(counted.retryAfter) });
  }

  /** How many sessions that has ended; `undefined` when the link became void meanwhile. */
  async #replace(id: string, { accountId }: GoodLink, hash: string): Promise<number | undefined> {
    return this.parts.store.global((connection) =>
      connection.transaction(async (sql) => {
        // The account before its sessions, as everybody does who ends some; of two with the same link the second finds it void.
        await sql.rows('select 1 from account where id = $1 for no key update', [accountId]);
        if (!(await goodLink(sql, id))) return undefined;
        await sql.rows(
          `update account set password_hash = $2, password_generation = password_generation + 1, password_set_by = $3
           where id = $1`,
          [accountId, hash, id],
        );
        const ended = await sql.rows(
          `update session set ended_at = now(), ended_because = 'password reset'
           where account_id = $1 and ended_at is null and expires_at > now() returning 1`,
          [accountId],
        );
        return ended.length;
      }),
    );
  }

  /** Whether this very link has set this very password. */
  async #isDone(id: string, password: string, counted: Counted): Promise<boolean> {
    const rows = await this.parts.store.global((sql) =>
      sql.rows<{ hash: string }>('select password_hash as hash from account where password_set_by = $1', [id]),
    );
    const hash = rows.at(0)?.hash;
    return hash !== undefined && unlessBusy(counted, () => this.parts.passwords.match(hash, password));
  }
}
