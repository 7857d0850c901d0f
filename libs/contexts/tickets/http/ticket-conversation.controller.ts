import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Can, ForKeys } from '@ledgerdesk/auth';
import { type Answer, CommandEndpoint, IdToCreate, Issued } from '@ledgerdesk/http';
import type { CommandContext } from '@ledgerdesk/kernel';
import { ReceiveMessage } from '../commands/receive-message.js';
import type { TicketView } from '../domain/ticket-view.js';
import { AddNote, PendTicket, SendPublicReply } from '../domain/ticket.commands.js';
import { AddNoteBody, ReceiveMessageBody, SendReplyBody } from './ticket-commands.schemas.js';
import { TicketDesk } from './ticket-desk.js';
import { TicketIdPipe } from './ticket-id.pipe.js';
import { ticketProblems } from './ticket.problems.js';
import { TicketSchema } from './ticket-view.schemas.js';

/** What is said in a ticket. These only add, so they need no `If-Match`. */
@ApiTags('tickets')
@Controller('tickets/:ticketId')
export class TicketConversationController {
  constructor(private readonly desk: TicketDesk) {}

  @CommandEndpoint({
    name: 'sendReply',
    path: 'replies',
    summary: 'Answer the customer',
    answers: TicketSchema,
    problems: ticketProblems.forReplies,
  })
  @Can('reply', 'Ticket')
  @ForKeys('tickets:write')
  async sendReply(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: SendReplyBody }) { body, thenStatus, seenVersion }: SendReplyBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    const pending = thenStatus === 'pending' ? new PendTicket(id) : undefined;
    const then = thenStatus === 'solved' ? await this.desk.solving(id, issued) : pending;
    const seen = seenVersion === undefined ? undefined : await this.desk.messagesSeen(id, seenVersion, issued);
    return this.desk.execute(new SendPublicReply(id, body, then, seen), issued);
  }

  @CommandEndpoint({
    name: 'addNote',
    path: 'notes',
    summary: 'Write something that the customer never sees',
    answers: TicketSchema,
    problems: ticketProblems.forEdits,
  })
  @Can('note', 'Ticket')
  @ForKeys('tickets:write')
  addNote(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: AddNoteBody }) { body }: AddNoteBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new AddNote(id, body), issued);
  }

  @CommandEndpoint({
    name: 'receiveMessage',
    path: 'messages',
    summary:
      'Record what the customer wrote; after the reopen window it opens a linked follow-up, which is then answered',
    answers: TicketSchema,
    problems: ticketProblems.forMessages,
  })
  @Can('reply', 'Ticket')
  @ForKeys('tickets:write')
  receiveMessage(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: ReceiveMessageBody }) { body, channel }: ReceiveMessageBody,
    @Issued() issued: CommandContext,
    @IdToCreate() followUpId: string,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new ReceiveMessage(id, followUpId, body, channel), issued);
  }
}
