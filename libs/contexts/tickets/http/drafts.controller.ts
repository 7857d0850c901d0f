import { Body, Controller, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Asker, Can, CurrentAsker } from '@ledgerdesk/auth';
import { Answer, CommandEndpoint, IdToCreate, Issued, QueryEndpoint } from '@ledgerdesk/http';
import type { CommandContext } from '@ledgerdesk/kernel';
import { type Draft, Drafts } from '../commands/drafts.js';
import type { ScheduledReply } from '../commands/reply-texts.js';
import { ScheduleReply } from '../commands/schedule-reply.js';
import { ListScheduledReplies } from '../queries/list-scheduled-replies.js';
import { draftProblems } from './draft.problems.js';
import {
  DraftSchema,
  SaveDraftBody,
  type ScheduledReplies,
  ScheduledRepliesSchema,
  ScheduledReplySchema,
  ScheduleReplyBody,
} from './draft.schemas.js';
import { TicketDesk } from './ticket-desk.js';
import { TicketIdPipe } from './ticket-id.pipe.js';

/** What the signed-in member is writing in a ticket. Nobody else sees it. */
@ApiTags('drafts')
@Controller('tickets/:ticketId')
export class DraftsController {
  constructor(
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(ScheduleReply) private readonly replies: ScheduleReply,
    @Inject(ListScheduledReplies) private readonly waiting: ListScheduledReplies,
    @Inject(TicketDesk) private readonly desk: TicketDesk,
  ) {}

  @QueryEndpoint({
    name: 'getDraft',
    path: 'draft',
    summary: 'What I am writing in this ticket; empty when there is nothing',
    answers: DraftSchema,
    problems: draftProblems.forReads,
  })
  @Can('note', 'Ticket')
  async getDraft(
    @Param('ticketId', TicketIdPipe) ticketId: string,
    @CurrentAsker() asker: Asker,
  ): Promise<Answer<Draft>> {
    const draft = await this.drafts.get({ ...asker, ticketId });
    return new Answer(draft, { version: draft.version });
  }

  @CommandEndpoint({
    name: 'saveDraft',
    method: 'put',
    path: 'draft',
    summary: 'Keep what I am writing; empty texts forget it',
    guarded: true,
    answers: DraftSchema,
    problems: draftProblems.forDrafts,
  })
  @Can('draft', 'Ticket')
  async saveDraft(
    @Param('ticketId', TicketIdPipe) ticketId: string,
    @Body({ schema: SaveDraftBody }) { reply, note, seenVersion = null }: SaveDraftBody,
    @CurrentAsker() asker: Asker,
    @Issued() { basedOn }: CommandContext,
  ): Promise<Answer<Draft>> {
    const draft = await this.drafts.save({ ...asker, ticketId }, { reply, note, seenVersion }, basedOn);
    return new Answer(draft, { version: draft.version });
  }

  @QueryEndpoint({
    name: 'listScheduledRepliesOfTicket',
    path: 'scheduled-replies',
    summary: 'My replies that wait in this ticket, the next one first',
    answers: ScheduledRepliesSchema,
    problems: draftProblems.forReads,
  })
  @Can('reply', 'Ticket')
  async listScheduledRepliesOfTicket(
    @Param('ticketId', TicketIdPipe) ticketId: string,
    @CurrentAsker() asker: Asker,
  ): Promise<ScheduledReplies> {
    return { data: await this.waiting.list(asker, ticketId) };
  }

  @CommandEndpoint({
    name: 'scheduleReply',
    path: 'scheduled-replies',
    summary: 'Answer the customer later, or after a moment in which it can be taken back',
    status: 201,
    answers: ScheduledReplySchema,
    problems: draftProblems.forScheduling,
  })
  @Can('reply', 'Ticket')
  async scheduleReply(
    @Param('ticketId', TicketIdPipe) ticketId: string,
    @Body({ schema: ScheduleReplyBody }) body: ScheduleReplyBody,
    @CurrentAsker() asker: Asker,
    @IdToCreate() id: string,
  ): Promise<Answer<ScheduledReply>> {
    const seconds = await this.desk.undoSendSeconds(asker);
    const reply = await this.replies.schedule(asker, ticketId, id, body, seconds);
    return new Answer(reply, { version: reply.version, location: `/api/v1/scheduled-replies/${id}` });
  }
}
