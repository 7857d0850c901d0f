import type { Configuration } from '@ledgerdesk/config';
import type { EventStore, Ledger } from '@ledgerdesk/event-store';
import type { Log } from '@ledgerdesk/logging';
import { asOwnerOf, type Connections, Rebuilds, type RebuildOutcome, roleUrl } from '@ledgerdesk/read-store';
import { ledgerEvent } from './ledger-source.js';
import { schema } from './schema.js';

interface Surroundings {
  readonly configuration: Pick<Configuration, 'database' | 'installationKey'>;
  readonly store: EventStore;
  readonly ledger: Ledger;
  readonly connections: Connections;
  readonly log: Log;
}

/** What this worker does for read models beside filling them: switches, comparisons and what people ask for. */
export function rebuildsOf({ configuration, store, ledger, connections, log }: Surroundings): Rebuilds {
  const { database, installationKey } = configuration;
  return new Rebuilds({
    projections: schema.projections,
    connections,
    asOwner: asOwnerOf(roleUrl(database.url, installationKey, 'ld_owner')),
    source: store,
    event: (stream, revision) => ledgerEvent(store, ledger, stream, revision),
    onOutcome: (outcome) => {
      tell(log, outcome);
    },
    onFailure: (err) => {
      log.warn({ err }, 'could not look after the read models and tries again');
    },
  });
}

function tell(log: Log, { what, ...rest }: RebuildOutcome): void {
  if (what === 'refused') log.error(rest, 'a read model was not changed as asked: see "ledgerdesk projections"');
  else log.info(rest, `read model ${what}`);
}
