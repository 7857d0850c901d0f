import type { SeatClaim } from '@ledgerdesk/auth';
import { ProblemError } from '@ledgerdesk/http';
import type { ReadStore, Sql } from '@ledgerdesk/read-store';
import { problems } from '../problems.js';
import type { SessionOrigin } from './session-origin.js';

/** One of a person's sessions. */
export interface OwnSession extends SessionOrigin {
  readonly id: string;
  readonly startedAt: Date;
  /** Exact to five minutes. */
  readonly lastUsedAt: Date;
}

/** Nobody reads a longer list; whoever has more ends all others. */
const MOST_LISTED = 50;

/**
 * A session that the provider of a workspace has opened reaches no further than that workspace: whoever runs the provider is not thereby let
 * in to what the account does elsewhere. The session that asks is $2.
 */
const IN_REACH = `not exists (
  select from session asking where asking.id = $2 and asking.by_provider and asking.workspace_id <> session.workspace_id)`;

/** The sessions of one account, in whatever workspace: seeing them, and ending them. */
export class OwnSessions {
  constructor(private readonly store: ReadStore) {}

  /** Those that go on: the one that asks, then the others, the last used one first. Fifty at most. */
  async list({ accountId, sessionId }: SeatClaim): Promise<{ sessions: readonly OwnSession[]; hasMore: boolean }> {
    const rows = await this.store.global((sql) =>
      sql.rows<OwnSession>(
        `select id, created_at as "startedAt", last_used_at as "lastUsedAt", user_agent as "userAgent", network
         from session where account_id = $1 and ended_at is null and expires_at > now() and ${IN_REACH}
         order by id = $2 desc, last_used_at desc, id desc limit $3`,
        [accountId, sessionId, MOST_LISTED + 1],
      ),
    );
    return { sessions: rows.slice(0, MOST_LISTED), hasMore: rows.length > MOST_LISTED };
  }

  /**
   * Ends one of the account's sessions; one that is over stays so.
   * @throws ProblemError `session.not-found` for any other id, `session.ended`
   */
  async end(seat: SeatClaim, id: string): Promise<void> {
    const known = await inSession(this.store, seat, (sql) =>
      sql.rows(
        `with ended as (
           update session set ended_at = now(), ended_because = 'ended by its owner'
           where id = $3 and account_id = $1 and ended_at is null and ${IN_REACH})
         select 1 from session where id = $3 and account_id = $1 and ${IN_REACH}`,
        [seat.accountId, seat.sessionId, id],
      ),
    );
    if (known.length === 0) throw new ProblemError(problems.sessionNotFound);
  }

  /**
   * Ends all but the one that asks, and says how many went on until now.
   * @throws ProblemError `session.ended`
   */
  async endOthers(seat: SeatClaim): Promise<number> {
    return inSession(this.store, seat, (sql) => endOtherSessions(sql, seat, 'ended by its owner', `and ${IN_REACH}`));
  }
}

/** Inside of `inSession`. */
export async function endOtherSessions(
  sql: Sql,
  { accountId, sessionId }: SeatClaim,
  because: string,
  within = '',
): Promise<number> {
  const rows = await sql.rows(
    `update session set ended_at = now(), ended_because = $3
     where account_id = $1 and id <> $2 and ended_at is null and expires_at > now() ${within} returning 1`,
    [accountId, sessionId, because],
  );
  return rows.length;
}

/**
 * Works for a session that ends others. Access tokens outlive their session by seconds, so it is asked again here whether it goes on.
 * The account is locked: of two sessions that end each other at the same moment one stays, and who signs in meanwhile waits.
 * @throws ProblemError `session.ended`
 */
export async function inSession<T>(
  store: ReadStore,
  { accountId, sessionId }: SeatClaim,
  work: (sql: Sql) => Promise<T>,
): Promise<T> {
  return store.global((connection) =>
    connection.transaction(async (sql) => {
      await sql.rows('select 1 from account where id = $1 for no key update', [accountId]);
      const asking = await sql.rows(
        'select 1 from session where id = $1 and account_id = $2 and ended_at is null and expires_at > now()',
        [sessionId, accountId],
      );
      if (asking.length === 0) throw new ProblemError(problems.sessionEnded);
      return work(sql);
    }),
  );
}
