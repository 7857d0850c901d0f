import type { PlatformAdmin, PlatformAdmins } from '@ledgerdesk/auth';
import { type RefreshTokens, Rotation, type SessionOrigin } from '@ledgerdesk/identity';
import { newId } from '@ledgerdesk/kernel';
import type { ReadStore } from '@ledgerdesk/read-store';

/** A session of a platform admin and the token that continues it. */
export interface OpenPlatformSession {
  readonly admin: PlatformAdmin;
  readonly endsAt: Date;
  readonly refreshToken: string;
}

/** Whoever can do so much shows the password again every working day, and after a lunch break. */
const SESSION_HOURS = 8;
const IDLE_MINUTES = 30;

/** `last_used_at` is moved on when it is older than this, so that hardly any request writes. */
const COARSE = `interval '1 minute'`;

const GOES_ON = `ended_at is null and expires_at > now() and last_used_at > now() - interval '${String(IDLE_MINUTES)} minutes'`;

type Row = PlatformAdmin & { readonly endsAt: Date };

const rotation = new Rotation<Row>({
  name: 'platform_session',
  columns: `id as "sessionId", admin_id as "adminId", expires_at as "endsAt"`,
  goesOn: GOES_ON,
});

/** Sessions of platform admins: short, and apart from those of members. */
export class PlatformSessions implements PlatformAdmins {
  /** @param onReuse told about sessions that ended because a refresh token was used twice */
  constructor(
    private readonly store: ReadStore,
    private readonly tokens: RefreshTokens,
    private readonly onReuse: (sessionId: string) => void,
  ) {}

  /** `undefined` when the admin was removed, or the password replaced, after it was shown. */
  async open(
    { adminId, passwordHash }: { readonly adminId: string; readonly passwordHash: string },
    { userAgent, network }: SessionOrigin,
  ): Promise<OpenPlatformSession | undefined> {
    const rows = await this.store.global((sql) =>
      sql.rows<Row>(
        `with swept as (delete from platform_session where expires_at < now() - interval '30 days'),
         shown as (select id from platform_admin where id = $2 and password_hash = $6 for share)
         insert into platform_session (id, admin_id, expires_at, user_agent, network)
         select $1::uuid, id, now() + make_interval(hours => $3), $4::text, $5::text from shown
         returning id as "sessionId", admin_id as "adminId", expires_at as "endsAt"`,
        [newId(), adminId, SESSION_HOURS, userAgent, network, passwordHash],
      ),
    );
    const [opened] = rows;
    return opened && this.#continued({ ...opened, generation: 0 });
  }

  /** Exchanges a refresh token for the next one, under the same rules as for members. */
  async refresh(token: string, origin: SessionOrigin): Promise<OpenPlatformSession | undefined> {
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
      sql.rows(
        `update platform_session set ended_at = now(), ended_because = 'signed out' where id = $1 and ended_at is null`,
        [sessionId],
      ),
    );
  }

  /** Whether the session of a claim goes on. Being asked is being used. */
  async current({ adminId, sessionId }: PlatformAdmin): Promise<PlatformAdmin | undefined> {
    const rows = await this.store.global((sql) =>
      sql.rows(
        `with used as (
           update platform_session set last_used_at = now()
           where id = $1 and last_used_at < now() - ${COARSE} and ${GOES_ON})
         select 1 from platform_session where id = $1 and admin_id = $2 and ${GOES_ON}`,
        [sessionId, adminId],
      ),
    );
    return rows.length > 0 ? { adminId, sessionId } : undefined;
  }

  #continued({ adminId, sessionId, endsAt, generation }: Row & { readonly generation: number }): OpenPlatformSession {
    return { admin: { adminId, sessionId }, endsAt, refreshToken: this.tokens.write({ sessionId, generation }) };
  }
}
