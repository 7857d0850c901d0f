import { Body, Controller, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Can, CurrentMember, ForKeys, type Principal } from '@ledgerdesk/auth';
import { Answer, CommandEndpoint, IdToCreate, Issued, type JsonText, QueryEndpoint } from '@ledgerdesk/http';
import type { CommandContext } from '@ledgerdesk/kernel';
import { OpenTicketForRequester } from '../commands/open-ticket-for-requester.js';
import type { TicketView } from '../domain/ticket-view.js';
import { CountTickets } from '../queries/count-tickets.js';
import { GetTicket } from '../queries/get-ticket.js';
import { GetTimeline } from '../queries/get-timeline.js';
import { ListTickets } from '../queries/list-tickets.js';
import { GetTicketQuery, GetTimelineQuery, ListTicketsQuery } from './list-tickets.schema.js';
import { OpenTicketBody } from './ticket-commands.schemas.js';
import { TicketDesk } from './ticket-desk.js';
import { TicketIdPipe } from './ticket-id.pipe.js';
import { ticketProblems } from './ticket.problems.js';
import {
  TicketCountsSchema,
  TicketDetailSchema,
  TicketPageSchema,
  TicketSchema,
  TimelineSchema,
} from './ticket-view.schemas.js';

/** Opening, finding and reading tickets. */
@ApiTags('tickets')
@Controller('tickets')
export class TicketsController {
  constructor(
    private readonly desk: TicketDesk,
    private readonly queries: QueryBus,
  ) {}

  @CommandEndpoint({
    name: 'openTicket',
    summary: 'Open a ticket for a customer, who is registered when the address is new',
    status: 201,
    answers: TicketSchema,
    problems: ticketProblems.forOpening,
  })
  @Can('open', 'Ticket')
  @ForKeys('tickets:write')
  async openTicket(
    @Body({ schema: OpenTicketBody }) body: OpenTicketBody,
    @Issued() issued: CommandContext,
    @IdToCreate() id: string,
  ): Promise<Answer<TicketView>> {
    const { body: view, facts } = await this.desk.make(new OpenTicketForRequester(id, body), issued);
    return new Answer(view, { ...facts, location: `/api/v1/tickets/${id}` });
  }

  @QueryEndpoint({
    name: 'listTickets',
    summary: 'Tickets by view, filter or search, newest first, in keyset pages',
    answers: TicketPageSchema,
    reads: ['inbox', 'ticket_search'],
    costs: { class: 'search', with: 'q' },
  })
  @Can('read', 'Ticket')
  @ForKeys('tickets:read')
  listTickets(
    @Query({ schema: ListTicketsQuery }) query: ListTicketsQuery,
    @CurrentMember() member: Principal,
  ): Promise<Answer<object>> {
    return this.queries.execute(new ListTickets(member, query));
  }

  @QueryEndpoint({
    name: 'countTickets',
    path: 'counts',
    summary: 'How many tickets each standard view and team holds, up to 1,000',
    answers: TicketCountsSchema,
    reads: ['inbox'],
  })
  @Can('read', 'Ticket')
  @ForKeys('tickets:read')
  countTickets(@CurrentMember() member: Principal): Promise<object> {
    return this.queries.execute(new CountTickets(member));
  }

  @QueryEndpoint({
    name: 'getTicket',
    path: ':ticketId',
    summary: 'One ticket, now or as it stood at any moment',
    answers: TicketDetailSchema,
    problems: ticketProblems.forReads,
    reads: ['inbox', 'timeline'],
  })
  @Can('read', 'Ticket')
  @ForKeys('tickets:read')
  getTicket(
    @Param('ticketId', TicketIdPipe) id: string,
    @Query({ schema: GetTicketQuery }) { at, include }: GetTicketQuery,
    @CurrentMember() member: Principal,
  ): Promise<Answer<object>> {
    return this.queries.execute(new GetTicket(member, id, at, include === 'timeline'));
  }

  @QueryEndpoint({
    name: 'getTimeline',
    path: ':ticketId/timeline',
    summary: 'Messages, notes and facts of a ticket, newest first, in keyset pages',
    answers: TimelineSchema,
    problems: ticketProblems.forReads,
    reads: ['timeline'],
  })
  @Can('read', 'Ticket')
  @ForKeys('tickets:read')
  getTimeline(
    @Param('ticketId', TicketIdPipe) id: string,
    @Query({ schema: GetTimelineQuery }) query: GetTimelineQuery,
    @CurrentMember() member: Principal,
  ): Promise<Answer<object> | JsonText> {
    return this.queries.execute(new GetTimeline(member, id, query));
  }
}
