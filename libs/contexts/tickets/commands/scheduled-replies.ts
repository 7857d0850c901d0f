import { Inject, Injectable } from '@nestjs/common';
import { DatabaseClock } from '@ledgerdesk/event-store';
import { DomainError, newId } from '@ledgerdesk/kernel';
import { ReadStore } from '@ledgerdesk/read-store';
import { refuseUnlessWaiting, sendAtOf, type ThenStatus } from '../domain/scheduled-reply.js';
import { SendPublicReply } from '../domain/ticket.commands.js';
import { TicketStates } from '../queries/ticket-states.js';
import { type Draft, Drafts, lock } from './drafts.js';
import { dropRelease, planRelease } from './release-timer.js';
import { changeReply, deleteReply, ownReply, type ReplyRow, type ReplyWish } from './reply-rows.js';
import { refuseStale, ReplyTexts, type ScheduledReply } from './reply-texts.js';
import type { Author } from './schedule-reply.js';

export interface ReplyChange {
  readonly body?: string | undefined;
  /** null: the status stays. */
  readonly thenStatus?: ThenStatus | null | undefined;
  readonly seenVersion?: number | undefined;
  readonly sendAt?: string | undefined;
}

type Wish = Omit<ReplyWish, 'timerId'>;
type Wishing = (row: ReplyRow, reply: ScheduledReply, keyId: string) => Promise<Wish> | Wish;

/** What the author does with a reply that waits. Everything else about it happens in a worker. */
@Injectable()
export class ScheduledReplies {
  constructor(
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(ReplyTexts) private readonly texts: ReplyTexts,
    @Inject(TicketStates) private readonly states: TicketStates,
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(DatabaseClock) private readonly clock: DatabaseClock,
  ) {}

  /** Another text, time or status; a reply that came back is scheduled again. */
  async change(author: Author, id: string, basedOn: number | undefined, change: ReplyChange): Promise<ScheduledReply> {
    return this.#wish(author, id, async (row, reply, keyId) => {
      refuseUnlessWaiting(row.state);
      const body = change.body === undefined ? undefined : new SendPublicReply(row.ticketId, change.body).body;
      const { thenStatus, sendAt } = change;
      refuseStale(reply, basedOn, {
        ...(body !== undefined && { body }),
        ...(thenStatus !== undefined && { thenStatus }),
        ...(sendAt !== undefined && { sendAt: new Date(sendAt).toISOString() }),
      });
      return {
        content: body === undefined ? row.content : await this.texts.seal(author.workspaceId, id, keyId, body),
        thenStatus: thenStatus === undefined ? row.thenStatus : thenStatus,
        seenVersion: change.seenVersion ?? row.seenVersion,
        sendAt: sendAtOf(sendAt ?? reply.sendAt, this.clock.now(), 0),
      };
    });
  }

  /** Now, knowing what arrived up to `seenVersion`. One that seems stuck with a worker is handed out again. */
  async send(author: Author, id: string, basedOn: number | undefined, seenVersion?: number): Promise<ScheduledReply> {
    return this.#wish(author, id, (row, reply) => {
      refuseUnlessWaiting(row.state, { sending: true });
      refuseStale(reply, basedOn, {});
      return { ...row, seenVersion: seenVersion ?? row.seenVersion, sendAt: new Date(this.clock.now()) };
    });
  }

  /**
   * It will not be sent: its text goes back into the draft of the ticket, before what has been written
   * there since. Also when the ticket has left the author's sight, because this only stops what was theirs.
   */
  async takeBack({ workspaceId, memberId }: Author, id: string, basedOn: number | undefined): Promise<Draft> {
    return this.store.run(workspaceId, (sql) =>
      sql.transaction(async () => {
        await lock(sql, memberId);
        const row = found(await ownReply(sql, workspaceId, memberId, id));
        refuseUnlessWaiting(row.state);
        const reply = await this.texts.shown(workspaceId, row);
        refuseStale(reply, basedOn, {});
        await dropRelease(sql, id);
        await deleteReply(sql, id);
        const together = (known: Draft): Draft => ({
          ...known,
          reply: [reply.body ?? '', known.reply].filter((text) => text.trim() !== '').join('\n\n'),
          seenVersion: known.seenVersion ?? row.seenVersion,
        });
        return this.drafts.change({ workspaceId, memberId, ticketId: row.ticketId }, together, sql);
      }),
    );
  }

  async #wish(author: Author, id: string, wishing: Wishing): Promise<ScheduledReply> {
    const { workspaceId, memberId } = author;
    const changed = await this.store.run(workspaceId, (sql) =>
      sql.transaction(async () => {
        await lock(sql, memberId);
        const row = found(await ownReply(sql, workspaceId, memberId, id));
        const { stream, ticket } = await this.states.of(author, row.ticketId);
        const wish = await wishing(row, await this.texts.shown(workspaceId, row), ticket.requester.keyId);
        const timerId = newId();
        await planRelease(sql, { id, workspaceId, stream, timerId, sendAt: wish.sendAt });
        return changeReply(sql, id, { ...wish, timerId });
      }),
    );
    return this.texts.shown(workspaceId, changed);
  }
}

/** The one answer for replies that do not exist or are somebody else's. */
export function replyNotFound(): DomainError {
  return new DomainError('not-found', 'scheduled-reply.not-found', 'There is no such reply.');
}

function found(row: ReplyRow | undefined): ReplyRow {
  if (!row) throw replyNotFound();
  return row;
}
