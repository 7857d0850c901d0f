import { Inject, Injectable } from '@nestjs/common';
import { ReadStore } from '@ledgerdesk/read-store';
import { ownReply, waitingReplies } from '../commands/reply-rows.js';
import { ReplyTexts, type ScheduledReply } from '../commands/reply-texts.js';
import type { Author } from '../commands/schedule-reply.js';
import { replyNotFound } from '../commands/scheduled-replies.js';
import { DRAFT_LIMITS } from '../domain/scheduled-reply.js';
import { TicketStates } from './ticket-states.js';

/** Which of my replies wait? Nobody sees those of others. All fit on one page, because their number is limited. */
@Injectable()
export class ListScheduledReplies {
  constructor(
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(ReplyTexts) private readonly texts: ReplyTexts,
    @Inject(TicketStates) private readonly states: TicketStates,
  ) {}

  /** The next one first; those of one ticket, or of all. @throws DomainError not-found `ticket.not-found` */
  async list(author: Author, ticketId: string | null): Promise<readonly ScheduledReply[]> {
    const { workspaceId, memberId } = author;
    if (ticketId !== null) await this.states.of(author, ticketId);
    const rows = await this.store.run(workspaceId, (sql) =>
      waitingReplies(sql, workspaceId, memberId, ticketId, DRAFT_LIMITS.repliesPerMember),
    );
    return Promise.all(rows.map((row) => this.texts.shown(workspaceId, row)));
  }

  /** @throws DomainError not-found `scheduled-reply.not-found` */
  async get({ workspaceId, memberId }: Author, id: string): Promise<ScheduledReply> {
    const row = await this.store.run(workspaceId, (sql) => ownReply(sql, workspaceId, memberId, id));
    if (!row) throw replyNotFound();
    return this.texts.shown(workspaceId, row);
  }
}
