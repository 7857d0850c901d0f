import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { EVENT_STORE, type EventStore, KeyRing, KeyTransfer } from '@ledgerdesk/event-store';
import { Log } from '@ledgerdesk/logging';
import { ExportRunner } from '@ledgerdesk/portability';
import { Connections } from '@ledgerdesk/read-store';

/** Makes the exports that people ask for in the desk. Runs in every worker, and whoever is first does the work. */
@Injectable()
export class Exports implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly runner: ExportRunner;

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(Connections) connections: Connections,
    @Inject(KeyTransfer) keys: KeyTransfer,
    @Inject(KeyRing) ring: KeyRing,
    @Inject(CONFIGURATION) { installationKey, http }: Configuration,
    @Inject(Log) log: Log,
  ) {
    this.runner = new ExportRunner({
      ...{ store, connections, keys, ring, installationKey, publicUrl: http.publicUrl },
      onFailure: (err) => {
        log.warn({ err }, 'could not make an export, and tries again');
      },
    });
  }

  onApplicationBootstrap(): void {
    this.runner.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.runner.stop();
  }
}
