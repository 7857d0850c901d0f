import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { Connections, roleUrl, type Sql } from '@ledgerdesk/read-store';

/** Few people ask, and seldom. */
const CONNECTIONS = 2;
const LONGEST_STATEMENT_MILLISECONDS = 5_000;

/**
 * The one way of the api to see all workspaces at once, for those who run the installation: connections of the role that read models
 * are written with, which the server itself keeps from writing.
 */
@Injectable()
export class AcrossWorkspaces implements OnApplicationShutdown {
  /** Where events are found: in the ledger itself, or in the index of one that is kept elsewhere. */
  readonly events: { readonly table: string; readonly place: string; readonly recordedAt: string };
  readonly #connections: Connections;

  constructor(@Inject(CONFIGURATION) { database, installationKey, eventStoreUrl }: Configuration) {
    this.events =
      eventStoreUrl === undefined
        ? {
            table: 'events',
            place: 'global_position',
            recordedAt: `(metadata::jsonb ->> 'recordedAt')::timestamptz`,
          }
        : { table: 'ledger_index', place: 'place', recordedAt: 'recorded_at' };
    this.#connections = new Connections({
      url: roleUrl(database.url, installationKey, 'ld_project'),
      connections: CONNECTIONS,
      statementTimeout: LONGEST_STATEMENT_MILLISECONDS,
      name: 'ledgerdesk-platform',
      settings: { default_transaction_read_only: 'on' },
    });
  }

  async read<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#connections.use(work);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#connections.close();
  }
}
