import type { ReadStore } from '@ledgerdesk/read-store';

/** Somebody who can sign in. */
export interface Account {
  readonly accountId: string;
  readonly email: string;
  readonly passwordHash: string;
}

/** An account as it is stored. */
export interface StoredAccount extends Account {
  /** Counts changes of what opens the account: its password, a second factor. A stronger hash of the same password is none. */
  readonly passwordGeneration: number;
  /** Session, or link of a reset, that has set the password; null as long as it is the first. */
  readonly passwordSetBy: string | null;
}

/** A place where an account works. */
export interface Seat {
  readonly accountId: string;
  readonly workspaceId: string;
  readonly memberId: string;
}

/** The one form in which an e-mail address is stored and looked up. */
export function emailText(text: string): string {
  return text.normalize('NFC').trim().toLowerCase();
}

const STORED = `id as "accountId", email, password_hash as "passwordHash",
  password_generation as "passwordGeneration", password_set_by as "passwordSetBy"`;

/** Accounts and the seats that they have. */
export class Accounts {
  constructor(private readonly store: ReadStore) {}

  async byId(accountId: string): Promise<StoredAccount | undefined> {
    const rows = await this.store.global((sql) =>
      sql.rows<StoredAccount>(`select ${STORED} from account where id = $1`, [accountId]),
    );
    return rows.at(0);
  }

  async byEmail(email: string): Promise<StoredAccount | undefined> {
    return (await this.byEmails([email])).at(0);
  }

  /** Those of the given addresses that have an account. */
  async byEmails(emails: readonly string[]): Promise<readonly StoredAccount[]> {
    return this.store.global((sql) =>
      sql.rows<StoredAccount>(`select ${STORED} from account where email = any ($1::text[])`, [emails.map(emailText)]),
    );
  }

  async emailOf(accountId: string): Promise<string | undefined> {
    const rows = await this.store.global((sql) =>
      sql.rows<{ email: string }>('select email from account where id = $1', [accountId]),
    );
    return rows.at(0)?.email;
  }

  /** Creates the account, or leaves the one with this id or address as it is. */
  async register({ accountId, email, passwordHash }: Account): Promise<void> {
    await this.store.global((sql) =>
      sql.rows(`insert into account (id, email, password_hash) values ($1, $2, $3) on conflict do nothing`, [
        accountId,
        emailText(email),
        passwordHash,
      ]),
    );
  }

  /** Replaces a hash, unless somebody else has replaced it meanwhile. */
  async replaceHash({ accountId, passwordHash }: Account, replacement: string): Promise<void> {
    await this.store.global((sql) =>
      sql.rows('update account set password_hash = $3 where id = $1 and password_hash = $2', [
        accountId,
        passwordHash,
        replacement,
      ]),
    );
  }

  /** The seats of an account, the last used one first. */
  async seatsOf(accountId: string): Promise<readonly Seat[]> {
    return this.store.global((sql) =>
      sql.rows<Seat>(
        `select account_id as "accountId", workspace_id as "workspaceId", member_id as "memberId"
         from account_seat where account_id = $1 order by used_at desc, workspace_id`,
        [accountId],
      ),
    );
  }

  /** Remembers that the account works at this seat, from now on or again. */
  async useSeat({ accountId, workspaceId, memberId }: Seat): Promise<void> {
    await this.store.global((sql) =>
      sql.rows(
        `insert into account_seat (account_id, workspace_id, member_id) values ($1, $2, $3)
         on conflict (account_id, workspace_id) do update set used_at = now(), member_id = excluded.member_id`,
        [accountId, workspaceId, memberId],
      ),
    );
  }

  /**
   * Takes a seat away for good, with its sessions; an account without any seat goes too, with its address and password. Repeating
   * it changes nothing.
   */
  async removeSeat({ accountId, workspaceId, memberId }: Seat): Promise<void> {
    await this.store.global((connection) =>
      connection.transaction(async (sql) => {
        // The account before its sessions, as everybody does who ends some. It also keeps a seat that is being given from losing its account.
        await sql.rows('select 1 from account where id = $1 for update', [accountId]);
        await sql.rows('delete from session where account_id = $1 and workspace_id = $2', [accountId, workspaceId]);
        await sql.rows('delete from account_seat where account_id = $1 and member_id = $2', [accountId, memberId]);
        const [seat] = await sql.rows('select 1 from account_seat where account_id = $1', [accountId]);
        if (seat) return;
        await sql.rows('delete from session where account_id = $1', [accountId]);
        await sql.rows('delete from account where id = $1', [accountId]);
      }),
    );
  }
}
