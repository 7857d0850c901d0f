import { createHmac } from 'node:crypto';
import { network } from '@ledgerdesk/http';
import type { ReadStore } from '@ledgerdesk/read-store';

/** Attempts per window. An office behind one address is many people; one account is one. */
const ACCOUNT_ATTEMPTS = 10;
const ADDRESS_ATTEMPTS = 300;
/** Of these ten, so many may carry a code: a million codes are few. */
const CODE_ATTEMPTS = 5;
/** Counted from the first attempt and never prolonged, so nobody can be locked out for good by attempts of others. */
const WINDOW_SECONDS = 900;

/** Where an attempt to sign in comes from. */
export interface Attempt {
  readonly email: string;
  readonly ip: string;
  /** Id of a device on which this account has signed in before; it has attempts of its own, whatever others do. */
  readonly knownDevice?: string;
  /** Whether it comes with a code of a second factor, or a guess at one. */
  readonly withCode?: boolean;
}

/** What the counters say about an attempt that they have counted. */
export interface Counted {
  readonly allowed: boolean;
  /** Seconds until the fullest window is over. */
  readonly retryAfter: number;
  /** Takes the attempt back, because it was the right password. */
  readonly refund: () => Promise<void>;
}

/** Counts attempts to sign in, in Postgres, so that many at once and many nodes share one count. */
export class SignInLimits {
  /** @param key names the counters, so that the table holds neither addresses of people nor of machines */
  constructor(
    private readonly store: ReadStore,
    private readonly key: Buffer,
  ) {}

  /** Counts first and answers then: of a hundred attempts at the same time no more than the limit is allowed. */
  async count(attempt: Attempt): Promise<Counted> {
    const { knownDevice, withCode = false } = attempt;
    const [kind, name] = knownDevice === undefined ? ['account', attempt.email] : ['device', knownDevice];
    const limits = new Map([
      [this.#bucket('ip', network(attempt.ip)), ADDRESS_ATTEMPTS],
      [this.#bucket(kind, name), ACCOUNT_ATTEMPTS],
    ]);
    // Whether or not the password is right: who is told "too many" learns nothing by it.
    if (withCode) limits.set(this.#bucket(`code of ${kind}`, name), CODE_ATTEMPTS);
    const buckets = [...limits.keys()];
    const rows = await this.store.global((sql) =>
      sql.rows<{ bucket: string; attempts: number; remaining: number }>(
        `insert into sign_in_limit as counted (bucket)
         select bucket from unnest($1::text[]) as bucket order by bucket
         on conflict (bucket) do update set
           attempts = case when counted.started_at < now() - make_interval(secs => $2) then 1 else counted.attempts + 1 end,
           started_at = case when counted.started_at < now() - make_interval(secs => $2) then now() else counted.started_at end
         returning bucket, attempts,
           greatest(1, ceil(extract(epoch from started_at - now()) + $2))::integer as remaining`,
        [buckets, WINDOW_SECONDS],
      ),
    );
    await this.#sweep();
    const full = rows.filter(({ bucket, attempts }) => attempts > (limits.get(bucket) ?? 0));
    return {
      allowed: full.length === 0,
      retryAfter: Math.max(1, ...full.map(({ remaining }) => remaining)),
      refund: () => this.#refund(buckets),
    };
  }

  /** Clears away a few counters that are over, so that guesses at random addresses don't fill the table. */
  async #sweep(): Promise<void> {
    await this.store.global((sql) =>
      sql.rows(
        `delete from sign_in_limit where bucket in (
           select bucket from sign_in_limit where started_at < now() - make_interval(secs => $1)
           order by started_at limit 5 for update skip locked)`,
        [WINDOW_SECONDS],
      ),
    );
  }

  async #refund(buckets: readonly string[]): Promise<void> {
    await this.store.global((sql) =>
      sql.rows(
        `with mine as (select bucket from sign_in_limit where bucket = any ($1::text[]) order by bucket for update)
         update sign_in_limit set attempts = greatest(0, attempts - 1) where bucket in (select bucket from mine)`,
        [buckets],
      ),
    );
  }

  #bucket(kind: string, name: string): string {
    return createHmac('sha256', this.key).update(`${kind}\n${name}`).digest('base64url');
  }
}
