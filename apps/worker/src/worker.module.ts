import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { type Configuration, ConfigurationModule } from '@ledgerdesk/config';
import { EventStoreModule } from '@ledgerdesk/event-store';
import { JobsModule } from '@ledgerdesk/jobs';
import { type Log, LoggingModule } from '@ledgerdesk/logging';
import { MailModule } from '@ledgerdesk/mail';
import { Connections, projectConnections, ReadStoreModule, roleUrl } from '@ledgerdesk/read-store';
import { ReleaseModule } from '@ledgerdesk/tickets';
import { suspendedWorkspaces } from '@ledgerdesk/workspaces';
import { Exports } from './exports.js';
import { Followers } from './followers.js';
import { LedgerIndexing } from './ledger-indexing.js';
import { SameLedger } from './same-ledger.js';
import { Sealing } from './sealing.js';
import { reactionCommandHandlers } from './reaction-command-handlers.js';
import { reactions } from './reactions.js';

/** Few: the worker does one thing after another, and every connection costs the server memory. */
const EVENT_STORE_CONNECTIONS = 2;
const PROJECT_CONNECTIONS = 3;
const READ_STORE_CONNECTIONS = 2;

/** The connections of the role `ld_project`, for everything in this process. */
@Global()
@Module({})
class ProjectConnectionsModule implements OnApplicationShutdown {
  constructor(@Inject(Connections) private readonly connections: Connections) {}

  static with(url: string, log: Log): DynamicModule {
    const connections = projectConnections(url, {
      connections: PROJECT_CONNECTIONS,
      onConnectionLost: (err) => {
        log.warn({ err }, 'lost an idle connection to Postgres');
      },
    });
    return {
      module: ProjectConnectionsModule,
      providers: [{ provide: Connections, useValue: connections }],
      exports: [Connections],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.connections.close();
  }
}

/** Which rooms the worker consists of; no business code. */
@Module({})
export class WorkerModule {
  static with(configuration: Configuration, log: Log): DynamicModule {
    const { database, eventStoreUrl, installationKey, redisUrl } = configuration;
    const appUrl = roleUrl(database.url, installationKey, 'ld_app');
    const projectUrl = roleUrl(database.url, installationKey, 'ld_project');
    return {
      module: WorkerModule,
      imports: [
        ConfigurationModule.with(configuration),
        LoggingModule.with(log),
        EventStoreModule.forRoot({
          appUrl,
          projectUrl,
          eventStoreUrl,
          installationKey,
          connections: EVENT_STORE_CONNECTIONS,
          onCommand: (line) => {
            log.info({ ...line }, 'command');
          },
        }),
        ReadStoreModule.forRoot({
          url: appUrl,
          connections: READ_STORE_CONNECTIONS,
          holdsLedger: eventStoreUrl === undefined,
        }),
        MailModule.forRoot(),
        ReleaseModule,
        ProjectConnectionsModule.with(projectUrl, log),
        JobsModule.forRoot({ redisUrl, reactions, resting: suspendedWorkspaces }),
      ],
      providers: [SameLedger, Followers, LedgerIndexing, Sealing, Exports, ...reactionCommandHandlers],
    };
  }
}
