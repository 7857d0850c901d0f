import { deriveKey, loadConfiguration } from '@ledgerdesk/config';
import {
  CommandRunner,
  DatabaseClock,
  EventCodec,
  type EventStore,
  KeyRing,
  KeyTable,
  KeyTransfer,
  Ledger,
  openEventStore,
  UpcasterRegistry,
  WorkspaceConnections,
} from '@ledgerdesk/event-store';
import type { ExportSources } from '@ledgerdesk/portability';
import {
  type AsOwner,
  asOwnerOf,
  type Connections,
  projectConnections,
  ReadStore,
  roleUrl,
} from '@ledgerdesk/read-store';

/** What commands work with. */
export interface Installation {
  readonly store: EventStore;
  readonly codec: EventCodec;
  readonly keys: KeyRing;
  readonly ledger: Ledger;
  readonly runner: CommandRunner;
  /** Connections of the role `ld_app`. */
  readonly readStore: ReadStore;
  /** Connections of the role `ld_project`. */
  readonly connections: Connections;
  readonly keyTransfer: KeyTransfer;
  /** Milliseconds since the epoch, by the clock of the database. */
  now(): number;
  /** What exports are made from. */
  readonly exportSources: ExportSources;
  readonly asOwner: AsOwner;
}

/** Opens the configured installation for one command, and closes it whatever happens. */
export async function withInstallation<T>(work: (installation: Installation) => Promise<T>): Promise<T> {
  const { database, eventStoreUrl, http, installationKey } = loadConfiguration();
  const appUrl = roleUrl(database.url, installationKey, 'ld_app');
  const projectUrl = roleUrl(database.url, installationKey, 'ld_project');
  const streams = new WorkspaceConnections({ url: appUrl, connections: 2 });
  const store = await openEventStore({ appUrl, projectUrl, connections: streams, eventStoreUrl });
  const keyTable = new KeyTable(streams);
  const keys = new KeyRing(keyTable, deriveKey(installationKey, 'key-wrapping'));
  const keyTransfer = new KeyTransfer(keyTable, keys);
  const codec = new EventCodec(keys, new UpcasterRegistry());
  const clock = new DatabaseClock(() => streams.time());
  const readStore = new ReadStore({ url: appUrl, connections: 2, holdsLedger: eventStoreUrl === undefined });
  const connections = projectConnections(projectUrl);
  try {
    await clock.start();
    return await work({
      store,
      codec,
      keys,
      ledger: new Ledger(store, codec),
      runner: new CommandRunner(store, codec, { clock }),
      readStore,
      connections,
      keyTransfer,
      now: () => clock.now(),
      exportSources: { store, connections, keys: keyTransfer, installationKey, publicUrl: http.publicUrl },
      asOwner: asOwnerOf(roleUrl(database.url, installationKey, 'ld_owner')),
    });
  } finally {
    clock.stop();
    await store.close();
    await Promise.all([streams.close(), connections.close(), readStore.close()]);
  }
}
