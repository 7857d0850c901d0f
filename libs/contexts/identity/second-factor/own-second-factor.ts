import type { SeatClaim } from '@ledgerdesk/auth';
import { ProblemError } from '@ledgerdesk/http';
import type { Clock } from '@ledgerdesk/kernel';
import type { ReadStore, Sql } from '@ledgerdesk/read-store';
import type { Account } from '../accounts.js';
import { problems } from '../problems.js';
import { endOtherSessions, inSession } from '../sessions/own-sessions.js';
import { backupDigest, newBackupCodes, readBackupCode } from './backup-codes.js';
import type { SecondFactors } from './second-factors.js';
import { base32, enrolmentAddress, newSecret, stepOf } from './totp.js';

/** What a person needs to know about their second factor. */
export interface FactorState {
  /** Since when a code is asked for; null when there is no second factor. */
  readonly since: Date | null;
  readonly backupCodesLeft: number;
}

/** What an authenticator is told, once. */
export interface Enrolment {
  readonly secret: string;
  readonly address: string;
}

/** The second factor of the account that asks. Who may do what of this was proved before. */
export class OwnSecondFactor {
  constructor(
    private readonly store: ReadStore,
    private readonly factors: SecondFactors,
    private readonly clock: Clock,
  ) {}

  async state(accountId: string): Promise<FactorState> {
    const rows = await this.store.global((sql) =>
      sql.rows<FactorState>(
        `select confirmed_at as since,
           (select count(*)::integer from backup_code where account_id = $1) as "backupCodesLeft"
         from second_factor where account_id = $1`,
        [accountId],
      ),
    );
    return rows.at(0) ?? { since: null, backupCodesLeft: 0 };
  }

  /**
   * A new secret, which counts for nothing until a code of it was shown. Asked again, it is another one.
   * @throws ProblemError `second-factor.on`
   */
  async begin({ accountId, email }: Pick<Account, 'accountId' | 'email'>): Promise<Enrolment> {
    const secret = newSecret();
    const begun = await this.store.global((sql) =>
      sql.rows(
        `insert into second_factor as present (account_id, sealed_secret) values ($1, $2)
         on conflict (account_id) do update set sealed_secret = excluded.sealed_secret where present.confirmed_at is null
         returning 1`,
        [accountId, this.factors.keys.secrets.seal(accountId, secret)],
      ),
    );
    if (begun.length === 0) throw new ProblemError(problems.secondFactorOn);
    return { secret: base32(secret), address: enrolmentAddress(secret, email) };
  }

  /**
   * From now on a code is asked for at every door. All other sessions end: they were opened with less. The code is used up by this.
   * @returns ten backup codes, which are told this once
   * @throws ProblemError `second-factor.on`, `second-factor.not-begun`, `second-factor.wrong-code`, `session.ended`
   */
  async confirm(seat: SeatClaim, code: string): Promise<readonly string[]> {
    return inSession(this.store, seat, async (sql) => {
      const [begun] = await sql.rows<{ sealedSecret: Buffer; isOn: boolean }>(
        `select sealed_secret as "sealedSecret", confirmed_at is not null as "isOn"
         from second_factor where account_id = $1 for update`,
        [seat.accountId],
      );
      if (!begun) throw new ProblemError(problems.secondFactorNotBegun);
      if (begun.isOn) throw new ProblemError(problems.secondFactorOn);
      const step = stepOf(this.factors.secretOf({ ...seat, ...begun }), code, this.clock.now());
      if (step === undefined) throw new ProblemError(problems.secondFactorWrongCode);
      await sql.rows('update second_factor set confirmed_at = now(), last_step = $2 where account_id = $1', [
        seat.accountId,
        step,
      ]);
      // Who has shown a password alone, and is about to get in with it, does not.
      await sql.rows('update account set password_generation = password_generation + 1 where id = $1', [
        seat.accountId,
      ]);
      await endOtherSessions(sql, seat, 'second factor set up');
      await sql.rows(`update session set proved_at = now(), proved_by = '{pwd,otp}' where id = $1`, [seat.sessionId]);
      return this.#newBackupCodes(sql, seat.accountId);
    });
  }

  /** Ten others; those of before are good for nothing. @throws ProblemError `second-factor.off`, `session.ended` */
  async renewBackupCodes(seat: SeatClaim): Promise<readonly string[]> {
    return inSession(this.store, seat, async (sql) => {
      const on = await sql.rows('select 1 from second_factor where account_id = $1 and confirmed_at is not null', [
        seat.accountId,
      ]);
      if (on.length === 0) throw new ProblemError(problems.secondFactorOff);
      return this.#newBackupCodes(sql, seat.accountId);
    });
  }

  /** The password alone opens the account again. Repeating it changes nothing. @throws ProblemError `session.ended` */
  async turnOff(seat: SeatClaim): Promise<void> {
    await inSession(this.store, seat, (sql) =>
      sql.rows('delete from second_factor where account_id = $1', [seat.accountId]),
    );
  }

  async #newBackupCodes(sql: Sql, accountId: string): Promise<readonly string[]> {
    const codes = newBackupCodes();
    const digests = codes.map((code) =>
      backupDigest(this.factors.keys.backupCodes, accountId, readBackupCode(code) ?? ''),
    );
    await sql.rows('delete from backup_code where account_id = $1', [accountId]);
    await sql.rows('insert into backup_code (account_id, digest) select $1, unnest($2::bytea[])', [accountId, digests]);
    return codes;
  }
}
