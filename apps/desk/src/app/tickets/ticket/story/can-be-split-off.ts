import type { TimelineEntry } from '@ledgerdesk/web-api';

/** Messages and notes that did not go elsewhere before. */
export function canBeSplitOff({ kind, movedTo }: TimelineEntry): boolean {
  return movedTo === null && (kind === 'customer_message' || kind === 'public_reply' || kind === 'note');
}
