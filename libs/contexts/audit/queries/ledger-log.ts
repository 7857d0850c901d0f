import type { StoredEvent } from '@ledgerdesk/event-store';

/** Filters of the ledger; all given ones must hold. Instants are RFC 3339. */
export interface LedgerFilter {
  readonly type?: string | undefined;
  readonly actor?: string | undefined;
  /** Kind and id, e.g. `ticket-<uuid>`. */
  readonly stream?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** An event with its place in this list, which is good for going on behind it and for nothing else. */
export interface PlacedEvent {
  readonly event: StoredEvent;
  readonly place: string;
}

/** The events of one workspace, newest first, wherever the ledger is kept. */
export abstract class LedgerLog {
  /** At most `limit` events before the given place, or from the newest on. */
  abstract newest(
    workspaceId: string,
    filter: LedgerFilter,
    before: string | undefined,
    limit: number,
  ): Promise<readonly PlacedEvent[]>;
}
