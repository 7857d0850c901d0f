import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { LedgerIndex } from '@ledgerdesk/audit';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { EVENT_STORE, type EventStore } from '@ledgerdesk/event-store';
import { Log } from '@ledgerdesk/logging';
import { Connections, ProjectionRunner } from '@ledgerdesk/read-store';
import { alarms } from './alarms.js';
import { storedLedgerSource } from './stored-ledger-source.js';

/** Keeps the index of a ledger that is not in Postgres, where the events themselves can be asked. */
@Injectable()
export class LedgerIndexing implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly runner: ProjectionRunner | undefined;

  constructor(
    @Inject(CONFIGURATION) { eventStoreUrl }: Configuration,
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(Connections) connections: Connections,
    @Inject(Log) log: Log,
  ) {
    if (eventStoreUrl === undefined) return;
    const source = storedLedgerSource(store, (err) => {
      log.warn({ err }, 'lost the subscription to the ledger');
    });
    this.runner = new ProjectionRunner({
      source,
      consumers: [new LedgerIndex()],
      connections,
      alarms: alarms(log),
    });
  }

  onApplicationBootstrap(): void {
    this.runner?.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.runner?.stop();
  }
}
