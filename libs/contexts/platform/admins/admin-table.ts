import { emailText } from '@ledgerdesk/identity';
import type { ReadStore } from '@ledgerdesk/read-store';

/** One of those who run the installation. */
export interface StoredAdmin {
  readonly adminId: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
}

/** A line of `ledgerdesk platform-admin list`. */
export interface ListedAdmin {
  readonly email: string;
  readonly name: string;
  readonly addedAt: Date;
  readonly lastUsedAt: Date | null;
}

const STORED = `id as "adminId", email, name, password_hash as "passwordHash"`;
/** Nobody has more; a list that is cut says so. */
const MOST_LISTED = 1_000;

/** Who may sign in to the platform area, and with what. */
export class AdminTable {
  constructor(private readonly store: ReadStore) {}

  async byEmail(email: string): Promise<StoredAdmin | undefined> {
    return this.#one('email = $1', emailText(email));
  }

  async byId(adminId: string): Promise<StoredAdmin | undefined> {
    return this.#one('id = $1', adminId);
  }

  /** Puts the admin there, or leaves the one who is there as they are. */
  async add({ adminId, email, name, passwordHash }: StoredAdmin): Promise<void> {
    await this.store.global((sql) =>
      sql.rows(
        `insert into platform_admin (id, email, name, password_hash) values ($1, $2, $3, $4) on conflict (id) do nothing`,
        [adminId, emailText(email), name, passwordHash],
      ),
    );
  }

  /** Takes credentials and sessions away; says whether there were any. */
  async remove(adminId: string): Promise<boolean> {
    const rows = await this.store.global((sql) =>
      sql.rows('delete from platform_admin where id = $1 returning 1', [adminId]),
    );
    return rows.length > 0;
  }

  /** Replaces a hash, unless somebody else has replaced it meanwhile. */
  async replaceHash({ adminId, passwordHash }: StoredAdmin, replacement: string): Promise<void> {
    await this.store.global((sql) =>
      sql.rows('update platform_admin set password_hash = $3 where id = $1 and password_hash = $2', [
        adminId,
        passwordHash,
        replacement,
      ]),
    );
  }

  async list(): Promise<readonly ListedAdmin[]> {
    return this.store.global((sql) =>
      sql.rows<ListedAdmin>(
        `select email, name, added_at as "addedAt",
           (select max(last_used_at) from platform_session s where s.admin_id = a.id) as "lastUsedAt"
         from platform_admin a order by email limit ${String(MOST_LISTED)}`,
      ),
    );
  }

  async #one(condition: string, value: string): Promise<StoredAdmin | undefined> {
    const rows = await this.store.global((sql) =>
      sql.rows<StoredAdmin>(`select ${STORED} from platform_admin where ${condition}`, [value]),
    );
    return rows.at(0);
  }
}
