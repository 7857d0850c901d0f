import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { EVENT_STORE, type EventStore } from '@ledgerdesk/event-store';
import { Log } from '@ledgerdesk/logging';
import { Sealer, VerificationRunner } from '@ledgerdesk/proof';
import { Connections } from '@ledgerdesk/read-store';

/** Seals and verifications that people ask for. Both run in every worker, and whoever is first does the work. */
@Injectable()
export class Sealing implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sealer: Sealer;
  private readonly verifications: VerificationRunner;

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
    const { anchorFile } = seals;
    this.verifications = new VerificationRunner({
      store,
      connections,
      installationKey,
      ...(anchorFile !== undefined && { anchorFile }),
      onFailure: (err) => {
        log.warn({ err }, 'could not verify the ledger of a workspace');
      },
    });
  }

  onApplicationBootstrap(): void {
    const { anchorFile } = this.configuration.seals;
    if (anchorFile === undefined)
      this.log.warn({}, 'SEAL_ANCHOR_FILE is not set: nothing outside the database knows how long the ledger is');
    else this.log.info({ anchorFile }, 'the newest seal is also kept outside the database');
    this.sealer.start();
    this.verifications.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.sealer.stop(), this.verifications.stop()]);
  }
}
