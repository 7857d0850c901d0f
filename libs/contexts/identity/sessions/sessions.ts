import type { Proof, ProofMethod, SeatClaim } from '@ledgerdesk/auth';
import { newId } from '@ledgerdesk/kernel';
import type { ReadStore } from '@ledgerdesk/read-store';
import type { RefreshTokens } from './refresh-token.js';
import { Rotation } from './rotation.js';
import type { SessionOrigin } from './session-origin.js';

/** A session and the token that continues it. */
export interface OpenSession {
  readonly seat: SeatClaim;
  readonly proof: Proof;
  readonly refreshToken: string;
}

/** Days after which somebody who stays signed in has to show the password again. */
export const SESSION_DAYS = 30;

/** `last_used_at` is moved on when it is older than this, so that hardly any request writes. */
const COARSE = `interval '5 minutes'`;

/** What a session is opened with. */
export interface Opening extends SessionOrigin {
  readonly passwordGeneration: number;
  readonly provedBy: readonly ProofMethod[];
  /** Set when the provider of the seat's workspace vouches for them; strong when it has asked for a second factor. */
  readonly byProvider?: { readonly isStrong: boolean };
}

/** What goes with a seat as long as its session does. */
export interface GoingOn {
  readonly hasSecondFactor: boolean;
}

type Proved = SeatClaim & { readonly provedAt: Date; readonly provedBy: readonly ProofMethod[] };
type Row = Proved & { readonly generation: number };

const COLUMNS = `id as "sessionId", account_id as "accountId", workspace_id as "workspaceId", member_id as "memberId",
  proved_at as "provedAt", proved_by as "provedBy"`;

const rotation = new Rotation<Proved>({
  name: 'session',
  columns: COLUMNS,
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
   * somebody has shown it, or a second factor set up: that has ended all sessions, and none that was proved with less may come after it.
   */
  async open(
    seat: Omit<SeatClaim, 'sessionId'>,
    { passwordGeneration, provedBy, userAgent, network, byProvider }: Opening,
  ): Promise<OpenSession | undefined> {
    const sessionId = newId();
    const opened = await this.store.global((sql) =>
      sql.rows<Row>(
        `with swept as (
           delete from session where id in (
             select id from session where expires_at < now() order by expires_at limit 5 for update skip locked)),
         shown as (select id from account where id = $2 and password_generation = $6 for share)
         insert into session (id, account_id, workspace_id, member_id, expires_at, user_agent, network, proved_by,
           by_provider, strong_by_provider)
         select $1::uuid, id, $3::uuid, $4::uuid, now() + make_interval(days => $5), $7::text, $8::text, $9::text[],
           $10::boolean, $11::boolean from shown
         returning ${COLUMNS}, generation`,
        [
          sessionId,
          seat.accountId,
          seat.workspaceId,
          seat.memberId,
          SESSION_DAYS,
          passwordGeneration,
          userAgent,
          network,
          provedBy,
          byProvider !== undefined,
          byProvider?.isStrong === true,
        ],
      ),
    );
    const [row] = opened;
    return row && this.#continued(row);
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

  /** Remembers that who continues this session has just shown who they are; `undefined` when it is over. */
  async proveAgain({ sessionId, accountId }: SeatClaim, by: readonly ProofMethod[]): Promise<Proof | undefined> {
    const rows = await this.store.global((sql) =>
      sql.rows<{ provedAt: Date }>(
        `update session set proved_at = now(), proved_by = $3
         where id = $1 and account_id = $2 and ended_at is null and expires_at > now() returning proved_at as "provedAt"`,
        [sessionId, accountId, by],
      ),
    );
    const [row] = rows;
    return row && { at: row.provedAt.getTime(), by };
  }

  /** Ends a session; its access tokens are refused within five seconds, its refresh tokens at once. */
  async end(sessionId: string): Promise<void> {
    await this.store.global((sql) =>
      sql.rows(`update session set ended_at = now(), ended_because = 'signed out' where id = $1 and ended_at is null`, [
        sessionId,
      ]),
    );
  }

  /** What the session of a claim goes on with; `undefined` when it does not. Being asked is being used. */
  async goesOn({ sessionId, accountId, memberId }: SeatClaim): Promise<GoingOn | undefined> {
    const rows = await this.store.global((sql) =>
      sql.rows<GoingOn>(
        `with used as (
           update session set last_used_at = now() where id = $1 and last_used_at < now() - ${COARSE} and ended_at is null)
         select strong_by_provider or exists (select from second_factor where account_id = $2 and confirmed_at is not null) as "hasSecondFactor"
         from session where id = $1 and account_id = $2 and member_id = $3 and ended_at is null and expires_at > now()`,
        [sessionId, accountId, memberId],
      ),
    );
    return rows.at(0);
  }

  #continued({ generation, provedAt, provedBy, ...seat }: Row): OpenSession {
    const proof = { at: provedAt.getTime(), by: provedBy };
    return { seat, proof, refreshToken: this.tokens.write({ sessionId: seat.sessionId, generation }) };
  }
}
