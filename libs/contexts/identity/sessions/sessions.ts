import type { SeatClaim } from '@ledgerdesk/auth';
import { newId } from '@ledgerdesk/kernel';
import type { ReadStore, Sql } from '@ledgerdesk/read-store';
import type { RefreshClaim, RefreshTokens } from './refresh-token.js';

/** A session and the token that continues it. */
export interface OpenSession {
  readonly seat: SeatClaim;
  readonly refreshToken: string;
}

/** Days after which somebody who stays signed in has to show the password again. */
export const SESSION_DAYS = 30;

/** Two tabs, or an answer that was lost, may show the same token twice within this time and get the same answer. */
const GRACE_SECONDS = 10;

type Row = SeatClaim & { readonly generation: number };

const SEAT = `id as "sessionId", account_id as "accountId", workspace_id as "workspaceId", member_id as "memberId"`;

/** Sessions: one per sign-in and device, continued by refresh tokens that are good once. */
export class Sessions {
  /** @param onReuse told about sessions that ended because a refresh token was used twice */
  constructor(
    private readonly store: ReadStore,
    private readonly tokens: RefreshTokens,
    private readonly onReuse: (sessionId: string) => void,
  ) {}

  /** Opens a session; every opening also clears away a few that are long over. */
  async open(seat: Omit<SeatClaim, 'sessionId'>): Promise<OpenSession> {
    const sessionId = newId();
    await this.store.global((sql) =>
      sql.rows(
        `with swept as (
           delete from session where id in (
             select id from session where expires_at < now() order by expires_at limit 5 for update skip locked))
         insert into session (id, account_id, workspace_id, member_id, expires_at)
         values ($1, $2, $3, $4, now() + make_interval(days => $5))`,
        [sessionId, seat.accountId, seat.workspaceId, seat.memberId, SESSION_DAYS],
      ),
    );
    return { seat: { ...seat, sessionId }, refreshToken: this.tokens.write({ sessionId, generation: 0 }) };
  }

  /**
   * Exchanges a refresh token for the next one. A token that was exchanged before is a stolen or a copied one: it ends the
   * whole session, for the thief and the owner alike. `undefined` when the token is good for nothing.
   */
  async refresh(token: string): Promise<OpenSession | undefined> {
    const claim = this.tokens.read(token);
    if (!claim) return undefined;
    return this.store.global(async (sql) => {
      const next = (await rotated(sql, claim)) ?? (await rotatedJustNow(sql, claim));
      if (next) return this.#continued(next);
      if (await endedForReuse(sql, claim)) this.onReuse(claim.sessionId);
      return undefined;
    });
  }

  /** Ends a session; its access tokens are refused within five seconds, its refresh tokens at once. */
  async end(sessionId: string): Promise<void> {
    await this.store.global((sql) =>
      sql.rows(`update session set ended_at = now(), ended_because = 'signed out' where id = $1 and ended_at is null`, [
        sessionId,
      ]),
    );
  }

  /** Whether the session of a claim goes on. */
  async goesOn({ sessionId, accountId, memberId }: SeatClaim): Promise<boolean> {
    const rows = await this.store.global((sql) =>
      sql.rows(
        `select 1 from session
         where id = $1 and account_id = $2 and member_id = $3 and ended_at is null and expires_at > now()`,
        [sessionId, accountId, memberId],
      ),
    );
    return rows.length > 0;
  }

  #continued({ generation, ...seat }: Row): OpenSession {
    return { seat, refreshToken: this.tokens.write({ sessionId: seat.sessionId, generation }) };
  }
}

/** Moves the session to its next generation; of two at the same time only one finds the generation that it names. */
async function rotated(sql: Sql, { sessionId, generation }: RefreshClaim): Promise<Row | undefined> {
  const rows = await sql.rows<Row>(
    `update session set generation = generation + 1, rotated_at = now()
     where id = $1 and generation = $2 and ended_at is null and expires_at > now()
     returning ${SEAT}, generation`,
    [sessionId, generation],
  );
  return rows.at(0);
}

/** The next generation, when it was made a moment ago. */
async function rotatedJustNow(sql: Sql, { sessionId, generation }: RefreshClaim): Promise<Row | undefined> {
  const rows = await sql.rows<Row>(
    `select ${SEAT}, generation from session
     where id = $1 and generation = $2 + 1 and ended_at is null and expires_at > now()
       and rotated_at > now() - make_interval(secs => $3)`,
    [sessionId, generation, GRACE_SECONDS],
  );
  return rows.at(0);
}

/** Ends the session when the token is one that was exchanged before. */
async function endedForReuse(sql: Sql, { sessionId, generation }: RefreshClaim): Promise<boolean> {
  const rows = await sql.rows(
    `update session set ended_at = now(), ended_because = 'refresh token used twice'
     where id = $1 and generation > $2 and ended_at is null returning id`,
    [sessionId, generation],
  );
  return rows.length > 0;
}
