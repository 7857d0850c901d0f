import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ConfigurationError } from '@ledgerdesk/config';
import { EVENT_STORE, type EventStore } from '@ledgerdesk/event-store';
import { Connections, foreignCheckpoint } from '@ledgerdesk/read-store';

/** Refuses to start on a ledger that is not the one whose followers are in this database: they would pass by new events. */
@Injectable()
export class SameLedger implements OnModuleInit {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(Connections) private readonly connections: Connections,
  ) {}

  async onModuleInit(): Promise<void> {
    const refusal = await this.connections.use((sql) => foreignCheckpoint(sql, this.store));
    if (refusal !== undefined) throw new ConfigurationError(refusal);
  }
}
