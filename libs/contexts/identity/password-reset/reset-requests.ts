import { planTimer } from '@ledgerdesk/jobs';
import { newId } from '@ledgerdesk/kernel';
import type { MailLanguage } from '@ledgerdesk/mail';
import { NO_WORKSPACE, type ReadStore } from '@ledgerdesk/read-store';
import { emailText } from '../accounts.js';

/** Name of the reaction that answers requests by mail. */
export const SEND_PASSWORD_RESET = 'send-password-reset';

/** Minutes that a link is good for, from the request on. */
export const RESET_MINUTES = 30;

export interface PasswordResetRequest {
  readonly email: string;
  readonly language: MailLanguage;
}

/**
 * Takes requests for a new password. Whether the address has an account is not looked at here: the worker does that later, so
 * neither the answer nor its time can tell.
 */
export class PasswordResetRequests {
  constructor(private readonly store: ReadStore) {}

  /** Notes the request and plans the mail in one transaction; clears away a few requests that are long over. */
  async note({ email, language }: PasswordResetRequest): Promise<void> {
    const id = newId();
    await this.store.global((connection) =>
      connection.transaction(async (sql) => {
        const [noted] = await sql.rows<{ at: Date }>(
          `with swept as (
             delete from password_reset_request where id in (
               select id from password_reset_request where requested_at < now() - interval '1 day'
               order by requested_at limit 5 for update skip locked))
           insert into password_reset_request (id, email, language) values ($1, $2, $3)
           returning requested_at as at`,
          [id, emailText(email), language],
        );
        await planTimer(sql, {
          reaction: SEND_PASSWORD_RESET,
          timerId: id,
          workspaceId: NO_WORKSPACE,
          stream: '',
          subject: id,
          correlationId: id,
          // By the clock of the database, as effects are.
          due: noted?.at ?? new Date(),
        });
      }),
    );
  }
}
