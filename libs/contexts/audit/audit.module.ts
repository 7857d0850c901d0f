import { Module } from '@nestjs/common';
import { TicketsModule } from '@ledgerdesk/tickets';
import { LedgerController } from './http/ledger.controller.js';
import { GetTicketLedgerHandler } from './queries/get-ticket-ledger.js';
import { LedgerEvents } from './queries/ledger-events.js';
import { ListLedgerHandler } from './queries/list-ledger.js';

/** The ledger as people see it. */
@Module({
  imports: [TicketsModule],
  controllers: [LedgerController],
  providers: [LedgerEvents, GetTicketLedgerHandler, ListLedgerHandler],
})
export class AuditModule {}
