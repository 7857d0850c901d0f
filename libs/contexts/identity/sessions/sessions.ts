import type { SeatClaim } from '@ledgerdesk/auth';
import { newId } from '@ledgerdesk/kernel';
import type { ReadStore } from '@ledgerdesk/read-store';
import type { RefreshTokens } from './refresh-token.js';
import { Rotation } from './rotation.js';
import type { SessionOrigin } from './session-origin.js';

/** A session and the token that continues it. */
export interface OpenSession {
  readonly seat: SeatClaim;
  readonly refreshToken: string;
}

/** Days after which somebody who stays signed in has to show the password again. */
export const SESSION_DAYS = 30;

/** `last_used_at` is moved on when it is older than this, so that hardly any request writes. */
const COARSE = `interval '5 minutes'`;

type Row = SeatClaim & { readonly generation: number };

const rotation = new Rotation<SeatClaim>({
  name: 'session',
  columns: `id as "sessionId", account_id as "accountId", workspace_id as "workspaceId", member_id as "memberId"`,
  goesOn: 'ended_at is null and expires_at > now()',
});

/** Sessions: one per sign-in and device, continued by refresh tokens that are good once. */
export class Sessions {
  /** @param onReuse told about sessions that ended because a refresh token was used twice */
  constructor(
    private readonly store: ReadStore,
    private readonly tokens: RefreshTokens,
    private readonly onReuse: (sessionId: string) => void,
  ) {}

  /**
   * Opens a session; every opening also clears away a few that are long over. `undefined` when the password was changed after
   * somebody has shown it: its change has ended all sessions, and none of the old password may come after it.
   */
  async open(
    seat: Omit<SeatClaim, 'sessionId'>,
    { passwordGeneration, userAgent, network }: SessionOrigin & { readonly passwordGeneration: number },
  ): Promise<OpenSession | undefined> {
    const sessionId = newId();
    const opened = await this.store.global((sql) =>
      sql.rows(
        `with swept as (
           delete from session where id in (
             select id from session where expires_at < now() order by expires_at limit 5 for update skip locked)),
         shown as (select id from account where id = $2 and password_generation = $6 for share)
         insert into session (id, account_id, workspace_id, member_id, expires_at, user_agent, network)
         select $1::uuid, id, $3::uuid, $4::uuid, now() + make_interval(days => $5), $7::text, $8::text from shown
         returning 1`,
        [
          sessionId,
          seat.accountId,
          seat.workspaceId,
          seat.memberId,
          SESSION_DAYS,
          passwordGeneration,
          userAgent,
          network,
        ],
      ),
    );
    if (opened.length === 0) return undefined;
    return { seat: { ...seat, sessionId }, refreshToken: this.tokens.write({ sessionId, generation: 0 }) };
  }

  /**
   * Exchanges a refresh token for the next one. A token that was exchanged before is a stolen or a copied one: it ends the
   * whole session, for the thief and the owner alike. `undefined` when the token is good for nothing.
   */
  async refresh(token: string, origin: SessionOrigin): Promise<OpenSession | undefined> {
    const claim = this.tokens.read(token);
    if (!claim) return undefined;
    return this.store.global(async (sql) => {
      const next = await rotation.next(sql, claim, origin);
      if (next) return this.#continued(next);
      if (await rotation.endReused(sql, claim)) this.onReuse(claim.sessionId);
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

  /** Whether the session of a claim goes on. Being asked is being used. */
  async goesOn({ sessionId, accountId, memberId }: SeatClaim): Promise<boolean> {
    const rows = await this.store.global((sql) =>
      sql.rows(
        `with used as (
           update session set last_used_at = now() where id = $1 and last_used_at < now() - ${COARSE} and ended_at is null)
         select 1 from session
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
