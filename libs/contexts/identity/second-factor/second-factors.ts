import type { Clock } from '@ledgerdesk/kernel';
import type { Seal } from '@ledgerdesk/http';
import type { ReadStore, Sql } from '@ledgerdesk/read-store';
import { backupDigest, readBackupCode } from './backup-codes.js';
import { stepOf } from './totp.js';

/** The second factor of an account, as far as codes are compared with it. */
export interface SecondFactor {
  readonly accountId: string;
  readonly sealedSecret: Buffer;
  /** Wrong codes of people who knew the password, since the last right one. */
  readonly wrongCodes: number;
  /** Of backup codes that were not used yet, in hexadecimal. */
  readonly digests: readonly string[];
}

/** A code that fits; whether it is still good only the database knows. */
type Match = { readonly step: number } | { readonly digest: string };

/**
 * NIST SP 800-63B (5.2.2): after a hundred wrong codes in a row, counted over all sign-ins, nobody may go on guessing. Devices that the
 * account is known on and sessions that go on may: whoever knows a password locks out nobody who is already in.
 */
const MOST_WRONG_CODES = 100;

export interface FactorKeys {
  readonly secrets: Seal;
  /** 32 bytes that serve nothing else. */
  readonly backupCodes: Buffer;
}

/** Compares codes with second factors, and takes each only once: on whichever nodes it is shown, at whatever moment. */
export class SecondFactors {
  constructor(
    private readonly store: ReadStore,
    readonly keys: FactorKeys,
    private readonly clock: Clock,
  ) {}

  /** `undefined` when there is none that was confirmed. Asks as long for an account that does not exist. */
  async of(accountId: string | undefined): Promise<SecondFactor | undefined> {
    const rows = await this.store.global((sql) =>
      sql.rows<SecondFactor>(
        `select account_id as "accountId", sealed_secret as "sealedSecret", wrong_codes as "wrongCodes",
           array(select encode(digest, 'hex') from backup_code where account_id = $1) as digests
         from second_factor where account_id = $1 and confirmed_at is not null`,
        [accountId ?? null],
      ),
    );
    return rows.at(0);
  }

  /** Whether the code is one of this factor, and nobody has shown it before. A wrong one is counted. */
  async takes(factor: SecondFactor, code: string | undefined, { isKnown }: { isKnown: boolean }): Promise<boolean> {
    if (code === undefined) return false;
    const match = factor.wrongCodes < MOST_WRONG_CODES || isKnown ? this.#match(factor, code) : undefined;
    if (match && (await this.store.global((sql) => usedUp(sql, factor, match)))) return true;
    await this.noteWrong(factor.accountId);
    return false;
  }

  /** Counts a wrong code. Who has no right password counts nothing, in the same time. */
  async noteWrong(accountId: string | undefined): Promise<void> {
    await this.store.global((connection) =>
      connection.transaction(async (sql) => {
        // Not to be told from a refusal that writes nothing: neither waits for the disk.
        await sql.rows('set local synchronous_commit to off');
        await sql.rows('update second_factor set wrong_codes = wrong_codes + 1 where account_id = $1', [
          accountId ?? null,
        ]);
      }),
    );
  }

  secretOf({ accountId, sealedSecret }: Pick<SecondFactor, 'accountId' | 'sealedSecret'>): Buffer {
    const secret = this.keys.secrets.open(accountId, sealedSecret);
    if (!secret) throw new Error('The secret of a second factor was sealed by another installation.');
    return secret;
  }

  #match(factor: SecondFactor, code: string): Match | undefined {
    const step = stepOf(this.secretOf(factor), code, this.clock.now());
    if (step !== undefined) return { step };
    const letters = readBackupCode(code);
    if (letters === undefined) return undefined;
    const digest = backupDigest(this.keys.backupCodes, factor.accountId, letters).toString('hex');
    return factor.digests.includes(digest) ? { digest } : undefined;
  }
}

/** Of two who show the same code at the same moment one finds the row as it was. */
async function usedUp(sql: Sql, { accountId, sealedSecret }: SecondFactor, match: Match): Promise<boolean> {
  const rows =
    'step' in match
      ? await sql.rows(
          `update second_factor set last_step = $2, wrong_codes = 0
           where account_id = $1 and confirmed_at is not null and sealed_secret = $3 and last_step < $2 returning 1`,
          [accountId, match.step, sealedSecret],
        )
      : await sql.rows(
          `with used as (delete from backup_code where account_id = $1 and digest = decode($2, 'hex') returning account_id)
           update second_factor set wrong_codes = 0 where account_id in (select account_id from used) returning 1`,
          [accountId, match.digest],
        );
  return rows.length > 0;
}
