import { DomainError } from '@ledgerdesk/kernel';
import type { MailLanguage } from '@ledgerdesk/mail';
import type { ReadStore, Sql } from '@ledgerdesk/read-store';
import { RESET_MINUTES } from './reset-requests.js';

/** Where a link goes. */
export interface ResetLink {
  readonly email: string;
  readonly language: MailLanguage;
}

interface Request extends ResetLink {
  readonly requestedAt: Date;
}

/** Turns requests into links. There is one per account, the newest; its id is the id of the request. */
export class ResetLinks {
  constructor(private readonly store: ReadStore) {}

  /**
   * Makes the link of a request good, or finds that it is so. `undefined` when the address has no account.
   * @throws DomainError `password-reset.void` when the request was answered, is too old, or a newer one or a change of the
   *   password has come before it
   */
  async make(requestId: string): Promise<ResetLink | undefined> {
    return this.store.global((connection) =>
      connection.transaction(async (sql) => {
        const request = await requestOf(sql, requestId);
        if (!request) throw tooLate();
        const [account] = await sql.rows<{ id: string }>('select id from account where email = $1', [request.email]);
        if (!account) return undefined;
        // A second try finds the link as it was: what has made it void in between is not undone.
        await sql.rows(
          `insert into password_reset as known (account_id, id, email, password_generation, requested_at)
           select id, $2, email, password_generation, $3 from account where id = $1
           on conflict (account_id) do update set id = excluded.id, email = excluded.email,
             password_generation = excluded.password_generation, requested_at = excluded.requested_at
           where known.requested_at < excluded.requested_at`,
          [account.id, requestId, request.requestedAt],
        );
        if ((await goodLink(sql, requestId)) === undefined) throw tooLate();
        return { email: request.email, language: request.language };
      }),
    );
  }

  /** The request was answered, or there was nothing to answer. */
  async forget(requestId: string): Promise<void> {
    await this.store.global((sql) => sql.rows('delete from password_reset_request where id = $1', [requestId]));
  }
}

/** Whose link it is, while it is good: it is the newest, not too old, and password and address are those that it was made for. */
export async function goodLink(sql: Sql, id: string): Promise<GoodLink | undefined> {
  const rows = await sql.rows<GoodLink>(
    `select account.id as "accountId", account.email, account.password_generation as "passwordGeneration"
     from password_reset link join account on account.id = link.account_id
     where link.id = $1 and link.email = account.email and link.password_generation = account.password_generation
       and link.requested_at > now() - make_interval(mins => $2)`,
    [id, RESET_MINUTES],
  );
  return rows.at(0);
}

export interface GoodLink {
  readonly accountId: string;
  readonly email: string;
  readonly passwordGeneration: number;
}

async function requestOf(sql: Sql, id: string): Promise<Request | undefined> {
  const rows = await sql.rows<Request>(
    `select email, language, requested_at as "requestedAt" from password_reset_request
     where id = $1 and requested_at > now() - make_interval(mins => $2)`,
    [id, RESET_MINUTES],
  );
  return rows.at(0);
}

function tooLate(): DomainError {
  return new DomainError('conflict', 'password-reset.void', 'The request is answered, or too old to be answered.');
}
