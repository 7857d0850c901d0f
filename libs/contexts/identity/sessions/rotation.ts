import type { Sql } from '@ledgerdesk/read-store';
import type { RefreshClaim } from './refresh-token.js';
import type { SessionOrigin } from './session-origin.js';

/** Two tabs, or an answer that was lost, may show the same token twice within this time and get the same answer. */
const GRACE_SECONDS = 10;

/** A table of sessions, as far as continuing them needs to know. */
export interface RotatedTable {
  readonly name: 'session' | 'platform_session';
  /** What is read of a row, as SQL. */
  readonly columns: string;
  /** When a session goes on, as SQL. */
  readonly goesOn: string;
}

/** Continues sessions: each refresh token is good once, and one that is shown again later ends its session. */
export class Rotation<Row extends object> {
  constructor(private readonly table: RotatedTable) {}

  /** The next generation; a repetition within ten seconds gets the same one. `undefined` when the token is good for nothing. */
  async next(sql: Sql, claim: RefreshClaim, origin: SessionOrigin): Promise<(Row & RefreshClaim) | undefined> {
    return (await this.#rotated(sql, claim, origin)) ?? (await this.#rotatedJustNow(sql, claim));
  }

  /** Ends the session when the token is one that was exchanged before: it is a stolen or a copied one. */
  async endReused(sql: Sql, { sessionId, generation }: RefreshClaim): Promise<boolean> {
    const rows = await sql.rows(
      `update ${this.table.name} set ended_at = now(), ended_because = 'refresh token used twice'
       where id = $1 and generation > $2 and ended_at is null returning id`,
      [sessionId, generation],
    );
    return rows.length > 0;
  }

  /** Moves the session to its next generation; of two at the same time only one finds the generation that it names. */
  async #rotated(
    sql: Sql,
    { sessionId, generation }: RefreshClaim,
    { userAgent, network }: SessionOrigin,
  ): Promise<(Row & RefreshClaim) | undefined> {
    const { name, columns, goesOn } = this.table;
    const rows = await sql.rows<Row & RefreshClaim>(
      `update ${name} set generation = generation + 1, rotated_at = now(), last_used_at = now(), user_agent = $3, network = $4
       where id = $1 and generation = $2 and ${goesOn}
       returning ${columns}, generation`,
      [sessionId, generation, userAgent, network],
    );
    return rows.at(0);
  }

  /** The next generation, when it was made a moment ago. */
  async #rotatedJustNow(sql: Sql, { sessionId, generation }: RefreshClaim): Promise<(Row & RefreshClaim) | undefined> {
    const { name, columns, goesOn } = this.table;
    const rows = await sql.rows<Row & RefreshClaim>(
      `select ${columns}, generation from ${name}
       where id = $1 and generation = $2 + 1 and ${goesOn} and rotated_at > now() - make_interval(secs => $3)`,
      [sessionId, generation, GRACE_SECONDS],
    );
    return rows.at(0);
  }
}
