import { cancelTimers, planTimer } from '@ledgerdesk/jobs';
import type { Sql } from '@ledgerdesk/read-store';

/** Name of the reaction that sends replies when their time has come. */
export const RELEASE_REPLY = 'release-scheduled-reply';

interface Release {
  readonly id: string;
  readonly workspaceId: string;
  readonly stream: string;
  readonly timerId: string;
  readonly sendAt: Date;
}

/** The one timer of a reply: an earlier one goes. */
export async function planRelease(sql: Sql, { id, workspaceId, stream, timerId, sendAt }: Release): Promise<void> {
  await dropRelease(sql, id);
  const timer = { reaction: RELEASE_REPLY, timerId, workspaceId, stream, subject: id, correlationId: id, due: sendAt };
  await planTimer(sql, timer);
}

export async function dropRelease(sql: Sql, replyId: string): Promise<void> {
  await cancelTimers(sql, RELEASE_REPLY, replyId);
}
