import { Body, Controller, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Asker, Can, CurrentAsker } from '@ledgerdesk/auth';
import { Answer, CommandEndpoint, Issued, QueryEndpoint } from '@ledgerdesk/http';
import type { CommandContext } from '@ledgerdesk/kernel';
import type { Draft } from '../commands/drafts.js';
import type { ScheduledReply } from '../commands/reply-texts.js';
import { ScheduledReplies } from '../commands/scheduled-replies.js';
import { ListScheduledReplies } from '../queries/list-scheduled-replies.js';
import { draftProblems } from './draft.problems.js';
import {
  ChangeScheduledReplyBody,
  DraftSchema,
  type ScheduledReplies as Waiting,
  ScheduledRepliesSchema,
  ScheduledReplySchema,
  SendScheduledReplyBody,
} from './draft.schemas.js';
import { ReplyIdPipe } from './reply-id.pipe.js';

const one = { guarded: true, answers: ScheduledReplySchema, problems: draftProblems.forChanges } as const;

/** Replies of the signed-in member that wait to be sent, in all tickets. Nobody else sees them. */
@ApiTags('drafts')
@Controller('scheduled-replies')
export class ScheduledRepliesController {
  constructor(
    @Inject(ScheduledReplies) private readonly replies: ScheduledReplies,
    @Inject(ListScheduledReplies) private readonly waiting: ListScheduledReplies,
  ) {}

  @QueryEndpoint({
    name: 'listScheduledReplies',
    summary: 'My replies that wait to be sent, the next one first; at most 100 wait',
    answers: ScheduledRepliesSchema,
  })
  @Can('reply', 'Ticket')
  async listScheduledReplies(@CurrentAsker() asker: Asker): Promise<Waiting> {
    return { data: await this.waiting.list(asker, null) };
  }

  @QueryEndpoint({
    name: 'getScheduledReply',
    path: ':replyId',
    summary: 'One of my replies',
    answers: ScheduledReplySchema,
    problems: draftProblems.forReplies,
  })
  @Can('reply', 'Ticket')
  async getScheduledReply(
    @Param('replyId', ReplyIdPipe) id: string,
    @CurrentAsker() asker: Asker,
  ): Promise<Answer<ScheduledReply>> {
    return answer(await this.waiting.get(asker, id));
  }

  @CommandEndpoint({
    ...one,
    name: 'changeScheduledReply',
    method: 'patch',
    path: ':replyId',
    summary: 'Another text, time or status; a reply that came back is scheduled again',
  })
  @Can('reply', 'Ticket')
  async changeScheduledReply(
    @Param('replyId', ReplyIdPipe) id: string,
    @Body({ schema: ChangeScheduledReplyBody }) body: ChangeScheduledReplyBody,
    @CurrentAsker() asker: Asker,
    @Issued() { basedOn }: CommandContext,
  ): Promise<Answer<ScheduledReply>> {
    return answer(await this.replies.change(asker, id, basedOn, body));
  }

  @CommandEndpoint({
    ...one,
    name: 'sendScheduledReply',
    path: ':replyId/send',
    summary: 'Send it now; a held one after its author has seen what arrived',
  })
  @Can('reply', 'Ticket')
  async sendScheduledReply(
    @Param('replyId', ReplyIdPipe) id: string,
    @Body({ schema: SendScheduledReplyBody }) { seenVersion }: SendScheduledReplyBody,
    @CurrentAsker() asker: Asker,
    @Issued() { basedOn }: CommandContext,
  ): Promise<Answer<ScheduledReply>> {
    return answer(await this.replies.send(asker, id, basedOn, seenVersion));
  }

  @CommandEndpoint({
    ...one,
    name: 'takeBackReply',
    path: ':replyId/take-back',
    summary: 'Do not send it: its text goes back into the draft of the ticket, which is answered',
    answers: DraftSchema,
  })
  @Can('reply', 'Ticket')
  async takeBackReply(
    @Param('replyId', ReplyIdPipe) id: string,
    @CurrentAsker() asker: Asker,
    @Issued() { basedOn }: CommandContext,
  ): Promise<Answer<Draft>> {
    const draft = await this.replies.takeBack(asker, id, basedOn);
    return new Answer(draft, { version: draft.version });
  }
}

function answer(reply: ScheduledReply): Answer<ScheduledReply> {
  return new Answer(reply, { version: reply.version });
}
