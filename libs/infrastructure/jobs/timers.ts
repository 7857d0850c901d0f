import { nameId } from '@ledgerdesk/kernel';
import type { Sql } from '@ledgerdesk/read-store';

/** Something to do at an instant, planned by a request and not by an event. */
export interface Timer {
  /** Name of the reaction that performs it; the timer goes once that reaction has read the ledger up to the instant. */
  readonly reaction: string;
  /** A fresh UUID; it is the `eventId` of the effect. */
  readonly timerId: string;
  readonly workspaceId: string;
  /** The stream that it will write to. */
  readonly stream: string;
  /** What it is about; cancelling goes by it. */
  readonly subject: string;
  readonly correlationId: string;
  readonly due: Date;
}

/** Plans a timer in the caller's transaction, so that it exists exactly when what it is for does. */
export async function planTimer(sql: Sql, timer: Timer): Promise<void> {
  const { reaction, timerId, workspaceId, stream, subject, correlationId, due } = timer;
  await sql.rows(
    `insert into effect (reaction, event_id, workspace_id, stream, revision, subject, correlation_id, due, outward_id)
     values ($1, $2, $3, $4, 0, $5, $6, $7, $8)`,
    [reaction, timerId, workspaceId, stream, subject, correlationId, due, nameId('outward', reaction, timerId)],
  );
}

/** Drops every timer of a subject that has not gone yet. */
export async function cancelTimers(sql: Sql, reaction: string, subject: string): Promise<void> {
  await sql.rows(`update effect set state = 'cancelled' where reaction = $1 and subject = $2 and state = 'pending'`, [
    reaction,
    subject,
  ]);
}
