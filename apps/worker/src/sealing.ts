import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { EVENT_STORE, type EventStore } from '@ledgerdesk/event-store';
import { Log } from '@ledgerdesk/logging';
import { Sealer } from '@ledgerdesk/proof';
import { Connections } from '@ledgerdesk/read-store';

/** The sealer of this process; it runs in every worker, and whoever is first makes the seal. */
@Injectable()
export class Sealing implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sealer: Sealer;

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(Connections) connections: Connections,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(Log) private readonly log: Log,
  ) {
    const { installationKey, seals } = configuration;
    this.sealer = new Sealer({
      store,
      connections,
      installationKey,
      ...seals,
      onSeal: (seal) => {
        log.info({ ...seal }, 'sealed');
      },
      onConflict: (err) => {
        log.error({ err }, 'the end of the ledger is missing or was replaced: type "ledgerdesk verify"');
      },
      onFailure: (err) => {
        log.warn({ err }, 'could not seal, and tries again');
      },
    });
  }

  onApplicationBootstrap(): void {
    const { anchorFile } = this.configuration.seals;
    if (anchorFile === undefined)
      this.log.warn({}, 'SEAL_ANCHOR_FILE is not set: nothing outside the database knows how long the ledger is');
    else this.log.info({ anchorFile }, 'the newest seal is also kept outside the database');
    this.sealer.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sealer.stop();
  }
}
