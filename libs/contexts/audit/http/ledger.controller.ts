import { Controller, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Can, CurrentMember, ForKeys, type Principal } from '@ledgerdesk/auth';
import { type Answer, QueryEndpoint } from '@ledgerdesk/http';
import { TicketIdPipe, ticketProblems } from '@ledgerdesk/tickets';
import { GetTicketLedger } from '../queries/get-ticket-ledger.js';
import { ListLedger } from '../queries/list-ledger.js';
import {
  GetTicketLedgerQuery,
  LedgerPageSchema,
  ListLedgerQuery,
  type TicketLedger,
  TicketLedgerSchema,
} from './ledger.schemas.js';

/** The ledger itself: of one ticket, and of the whole workspace. */
@ApiTags('ledger')
@Controller()
export class LedgerController {
  constructor(private readonly queries: QueryBus) {}

  @QueryEndpoint({
    name: 'getTicketLedger',
    path: 'tickets/:ticketId/ledger',
    summary: 'Every event of a ticket with its hash, and whether the chain is intact',
    answers: TicketLedgerSchema,
    problems: ticketProblems.forReads,
    reads: ['inbox'],
  })
  @Can('read-ledger', 'Ticket')
  @ForKeys('ledger:read')
  getTicketLedger(
    @Param('ticketId', TicketIdPipe) id: string,
    @Query({ schema: GetTicketLedgerQuery }) { texts }: GetTicketLedgerQuery,
    @CurrentMember() member: Principal,
  ): Promise<TicketLedger> {
    return this.queries.execute(new GetTicketLedger(member, id, texts === 'true'));
  }

  @QueryEndpoint({
    name: 'listLedger',
    path: 'ledger',
    summary: 'Events of the workspace, newest first, in keyset pages',
    answers: LedgerPageSchema,
  })
  @Can('read', 'Ledger')
  @ForKeys('ledger:read')
  listLedger(
    @Query({ schema: ListLedgerQuery }) { texts, ...by }: ListLedgerQuery,
    @CurrentMember() member: Principal,
  ): Promise<Answer<object>> {
    return this.queries.execute(new ListLedger(member, by, texts === 'true'));
  }
}
