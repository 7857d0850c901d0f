import { appendHistory, type EventStore, type HistoryEvent } from '@ledgerdesk/event-store';
import { readLedgerFile } from '../file/ledger-file.js';
import { type CheckedFile, refuseChangedFile } from './check-file.js';
import type { Standing } from './compare-history.js';

/** One call holds the lock of the ledger for about as long as the commands of a few agents do. */
const EVENTS_AT_ONCE = 250;
const BYTES_AT_ONCE = 1024 * 1024;

/** Appends the events that are not here yet, in their order. Interrupted, it goes on where it ended. */
export async function appendMissing(
  store: EventStore,
  file: CheckedFile,
  { here, missing }: Standing,
  onProgress?: (done: number, total: number) => void,
): Promise<void> {
  if (missing === 0) return;
  await refuseChangedFile(file);
  let done = 0;
  let batch: HistoryEvent[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    await appendHistory(store, batch);
    done += batch.length;
    onProgress?.(done, missing);
    batch = [];
    bytes = 0;
  };
  for await (const page of readLedgerFile(file.path)) {
    for (const line of page) {
      if (line.kind !== 'event' || line.revision <= here.revisionOf(line.stream)) continue;
      const { kind: _kind, ...event } = line;
      const size = event.data.length + event.metadata.length;
      if (batch.length > 0 && (batch.length === EVENTS_AT_ONCE || bytes + size > BYTES_AT_ONCE)) await flush();
      batch.push(event);
      bytes += size;
    }
  }
  await flush();
}
