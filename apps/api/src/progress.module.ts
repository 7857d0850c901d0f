import { Global, Inject, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIGURATION, type Configuration, ConfigurationError } from '@ledgerdesk/config';
import { EVENT_STORE, type EventStore } from '@ledgerdesk/event-store';
import { Log } from '@ledgerdesk/logging';
import { foreignCheckpoint, ProjectionProgress, ReadStore, roleUrl } from '@ledgerdesk/read-store';

/** One connection that hears how far the projections of the worker are. */
@Global()
@Module({
  providers: [
    {
      provide: ProjectionProgress,
      inject: [CONFIGURATION, EVENT_STORE, Log],
      useFactory: ({ database, installationKey }: Configuration, store: EventStore, log: Log) =>
        new ProjectionProgress({
          url: roleUrl(database.url, installationKey, 'ld_app'),
          compare: (a, b) => store.compare(a, b),
          onFailure: (err) => {
            log.warn({ err }, 'lost the connection that hears of projections');
          },
        }),
    },
  ],
  exports: [ProjectionProgress],
})
export class ProgressModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(ProjectionProgress) private readonly progress: ProjectionProgress,
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(EVENT_STORE) private readonly ledger: EventStore,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const refusal = await this.store.global((sql) => foreignCheckpoint(sql, this.ledger));
    if (refusal !== undefined) throw new ConfigurationError(refusal);
    await this.progress.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.progress.close();
  }
}
