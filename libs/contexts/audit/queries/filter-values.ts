import { streamName } from '@ledgerdesk/event-store';
import type { LedgerFilter } from './ledger-log.js';

const LABEL = /^([a-z][a-z-]*)-([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/;

/** The name of the stream that a label means. A label that no stream has finds nothing rather than everything. */
export function wantedStream(workspaceId: string, { stream }: LedgerFilter): string | null {
  const [, category = '', id = ''] = LABEL.exec(stream ?? '') ?? [];
  return id === '' ? (stream ?? null) : streamName(category, workspaceId, id);
}
