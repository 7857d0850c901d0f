import { Module } from '@nestjs/common';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { EVENT_STORE, type EventStore } from '@ledgerdesk/event-store';
import { ProjectionProgress, ReadStore } from '@ledgerdesk/read-store';
import { TicketsModule } from '@ledgerdesk/tickets';
import { WorkspacesModule } from '@ledgerdesk/workspaces';
import { ChangesController } from './http/changes.controller.js';
import { LedgerExportsController } from './http/ledger-exports.controller.js';
import { LedgerController } from './http/ledger.controller.js';
import { VerificationsController } from './http/verifications.controller.js';
import { ChangesFile } from './queries/changes-file.js';
import { CompareConfigurationHandler } from './queries/compare-configuration.js';
import { GetTicketLedgerHandler } from './queries/get-ticket-ledger.js';
import { EventsTable } from './queries/events-table.js';
import { IndexedLedger } from './queries/indexed-ledger.js';
import { LedgerExports } from './queries/ledger-exports.js';
import { LedgerEvents } from './queries/ledger-events.js';
import { LedgerLog } from './queries/ledger-log.js';
import { ListChangesHandler } from './queries/list-changes.js';
import { ListLedgerHandler } from './queries/list-ledger.js';
import { Verifications } from './queries/verifications.js';

/** The ledger as people see it. */
@Module({
  imports: [TicketsModule, WorkspacesModule],
  controllers: [ChangesController, LedgerController, LedgerExportsController, VerificationsController],
  providers: [
    {
      provide: LedgerLog,
      inject: [CONFIGURATION, ReadStore, EVENT_STORE, ProjectionProgress],
      useFactory: (
        { eventStoreUrl }: Configuration,
        store: ReadStore,
        ledger: EventStore,
        progress: ProjectionProgress,
      ): LedgerLog =>
        eventStoreUrl === undefined ? new EventsTable(store) : new IndexedLedger(store, ledger, progress),
    },
    LedgerEvents,
    LedgerExports,
    ChangesFile,
    CompareConfigurationHandler,
    GetTicketLedgerHandler,
    ListChangesHandler,
    ListLedgerHandler,
    Verifications,
  ],
})
export class AuditModule {}
