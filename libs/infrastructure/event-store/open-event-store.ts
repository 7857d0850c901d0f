import type { EventStore } from './event-store.js';
import { PostgresEventStore, type PostgresEventStoreOptions } from './postgres/postgres-event-store.js';

export interface EventStoreHome extends PostgresEventStoreOptions {
  /** EventStoreDB, when the ledger is kept there; else it is in Postgres. */
  readonly eventStoreUrl?: string | undefined;
}

/** The one event store of the installation. Connects on first use. */
export async function openEventStore({ eventStoreUrl, ...postgres }: EventStoreHome): Promise<EventStore> {
  if (eventStoreUrl === undefined) return new PostgresEventStore(postgres);
  // Only where it is wanted: what it brings along costs every process memory.
  const { EventStoreDbEventStore } = await import('./eventstoredb/eventstoredb-event-store.js');
  return new EventStoreDbEventStore({ url: eventStoreUrl });
}
