import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Can, ForKeys } from '@ledgerdesk/auth';
import { Answer, CommandEndpoint, IdToCreate, Issued } from '@ledgerdesk/http';
import type { CommandContext } from '@ledgerdesk/kernel';
import { MergeTicket, SplitTicketFor, UnmergeTicket } from '../commands/merging-handlers.js';
import type { TicketView } from '../domain/ticket-view.js';
import { EmptyBody } from './ticket-commands.schemas.js';
import { TicketDesk } from './ticket-desk.js';
import { TicketIdPipe } from './ticket-id.pipe.js';
import { mergingProblems } from './ticket-merging.problems.js';
import { MergeTicketBody, SplitTicketBody } from './ticket-merging.schemas.js';
import { ticketProblems } from './ticket.problems.js';
import { TicketSchema } from './ticket-view.schemas.js';

/** Tickets that become one, and one that becomes two. */
@ApiTags('tickets')
@Controller('tickets/:ticketId')
export class TicketMergingController {
  constructor(private readonly desk: TicketDesk) {}

  @CommandEndpoint({
    name: 'mergeTicket',
    path: 'merge',
    summary: 'Merge the ticket into another one, which then shows its story; answers the merged ticket',
    guarded: true,
    answers: TicketSchema,
    problems: [...ticketProblems.forEdits, ...mergingProblems.forMerges],
  })
  @Can('merge', 'Ticket')
  @ForKeys('tickets:write')
  mergeTicket(
    @Param('ticketId', TicketIdPipe) sourceId: string,
    @Body({ schema: MergeTicketBody }) { into, confirm = false }: MergeTicketBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new MergeTicket({ sourceId, targetId: into, confirmed: confirm }), issued);
  }

  @CommandEndpoint({
    name: 'unmergeTicket',
    path: 'unmerge',
    summary: 'Take a merge back within 7 days; messages that came for the ticket since go on in it',
    guarded: true,
    answers: TicketSchema,
    problems: [...ticketProblems.forReads, ...mergingProblems.forUnmerges],
  })
  @Can('merge', 'Ticket')
  @ForKeys('tickets:write')
  unmergeTicket(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: EmptyBody }) _: unknown,
    @Issued() issued: CommandContext,
  ): Promise<Answer<TicketView>> {
    return this.desk.execute(new UnmergeTicket(id), issued);
  }

  @CommandEndpoint({
    name: 'splitTicket',
    path: 'split',
    summary: 'Let messages go on in a new ticket, which is answered; they stay visible as moved',
    guarded: true,
    status: 201,
    answers: TicketSchema,
    problems: [...ticketProblems.forEdits, ...mergingProblems.forSplits],
  })
  @Can('merge', 'Ticket')
  @ForKeys('tickets:write')
  async splitTicket(
    @Param('ticketId', TicketIdPipe) id: string,
    @Body({ schema: SplitTicketBody }) { messageIds, subject, requester }: SplitTicketBody,
    @Issued() issued: CommandContext,
    @IdToCreate() newId: string,
  ): Promise<Answer<TicketView>> {
    const command = new SplitTicketFor(id, newId, { messages: messageIds, subject, requester });
    const { body: view, facts } = await this.desk.make(command, issued);
    return new Answer(view, { ...facts, location: `/api/v1/tickets/${newId}` });
  }
}
