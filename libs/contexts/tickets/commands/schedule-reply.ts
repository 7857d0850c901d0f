import { Inject, Injectable } from '@nestjs/common';
import { DatabaseClock } from '@ledgerdesk/event-store';
import { type Actor, newId } from '@ledgerdesk/kernel';
import { ReadStore, type Sql } from '@ledgerdesk/read-store';
import { messagesSeen } from '../domain/messages-seen.js';
import { refuseTooMany, sendAtOf, type ThenStatus } from '../domain/scheduled-reply.js';
import { SendPublicReply } from '../domain/ticket.commands.js';
import { ticketDecider } from '../domain/ticket.decider.js';
import { type Asking, TicketStates } from '../queries/ticket-states.js';
import { type Draft, Drafts, lock } from './drafts.js';
import { planRelease } from './release-timer.js';
import { countWaiting, forgetSent, insertReply, ownReply, type ReplyRow } from './reply-rows.js';
import { ReplyTexts, type ScheduledReply } from './reply-texts.js';

/** A member who answers, and what of a ticket they see. */
export interface Author extends Asking {
  readonly memberId: string;
}

export interface ReplyToSchedule {
  readonly body: string;
  readonly thenStatus?: ThenStatus | undefined;
  /** Without one, the newest: whatever arrives from now on holds it. */
  readonly seenVersion?: number | undefined;
  /** RFC 3339; without one it waits as long as the workspace lets replies be taken back. */
  readonly sendAt?: string | undefined;
}

/** Keeps a reply that a worker will send. */
@Injectable()
export class ScheduleReply {
  constructor(
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(ReplyTexts) private readonly texts: ReplyTexts,
    @Inject(TicketStates) private readonly states: TicketStates,
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(DatabaseClock) private readonly clock: DatabaseClock,
  ) {}

  /** Refuses at once what sending it now would refuse. Safe to repeat with the same id. */
  async schedule(
    author: Author,
    ticketId: string,
    id: string,
    wish: ReplyToSchedule,
    undoSendSeconds: number,
  ): Promise<ScheduledReply> {
    const { workspaceId, memberId } = author;
    const actor: Actor = `member:${memberId}`;
    const now = this.clock.now();
    const sendAt = sendAtOf(wish.sendAt, now, undoSendSeconds);
    const { stream, events, ticket } = await this.states.of(author, ticketId);
    const seenVersion = wish.seenVersion ?? events.length - 1;
    const reply = new SendPublicReply(ticketId, wish.body, undefined, messagesSeen(events, seenVersion, actor));
    ticketDecider.decide(reply, ticket, { actor, now });
    const content = await this.texts.seal(workspaceId, id, ticket.requester.keyId, reply.body);
    const kept = { id, ticketId, content, thenStatus: wish.thenStatus ?? null, seenVersion, sendAt, timerId: newId() };
    const row = await this.store.run(workspaceId, (sql) => this.#keep(sql, author, { ...kept, stream }));
    return this.texts.shown(workspaceId, row);
  }

  /** Together with its timer, and in the place of the draft that it was. */
  async #keep(
    sql: Sql,
    { workspaceId, memberId }: Author,
    { stream, ...reply }: Omit<Parameters<typeof insertReply>[1], keyof Author> & { readonly stream: string },
  ): Promise<ReplyRow> {
    return sql.transaction(async () => {
      await lock(sql, memberId);
      const earlier = await ownReply(sql, workspaceId, memberId, reply.id);
      if (earlier) return earlier;
      await forgetSent(sql, workspaceId, memberId);
      refuseTooMany(await countWaiting(sql, workspaceId, memberId, reply.ticketId));
      await planRelease(sql, { workspaceId, stream, ...reply });
      const withoutReply = (draft: Draft): Draft => ({ ...draft, reply: '', seenVersion: null });
      await this.drafts.change({ workspaceId, memberId, ticketId: reply.ticketId }, withoutReply, sql);
      return insertReply(sql, { ...reply, workspaceId, memberId });
    });
  }
}
