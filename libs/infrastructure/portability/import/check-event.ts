import { canonicalText, checkHistoryEvent, linkOf, NO_PREVIOUS_HASH, parseStreamName } from '@ledgerdesk/event-store';
import type { EventLine } from '../file/ledger-lines.js';
import { MoveRefused } from '../refused.js';
import type { StreamEnds } from './stream-ends.js';

/** Streams that one file may hold: memory for each is needed until the last one was seen. */
const MOST_STREAMS = 4_000_000;

/** What an import needs to know of an event besides its bytes. */
export interface CheckedEvent {
  /** RFC 3339 UTC. */
  readonly recordedAt: string;
}

/**
 * Checks one event of a file and puts it at the end of its stream: it belongs to the workspace and to no other, every byte is the one that was
 * hashed, it follows the event before it, and a store would take it.
 * @throws MoveRefused
 */
export function checkEvent(event: EventLine, workspaceId: string, ends: StreamEnds): CheckedEvent {
  if (workspaceOf(event.stream) !== workspaceId) throw foreign(event);
  const link = linkOf(event);
  if (typeof link === 'string') throw broken(event, 'was altered');
  const end = ends.get(event.stream);
  if (event.revision !== (end ? end.revision + 1 : 0)) throw broken(event, 'does not follow the event before it');
  if (link.previousHash !== (end?.hash ?? NO_PREVIOUS_HASH)) throw broken(event, 'does not follow the event before it');
  ends.set(event.stream, { revision: event.revision, hash: link.hash });
  if (ends.size > MOST_STREAMS)
    throw new MoveRefused('file.too-large', 'The file holds more streams than an import can check.');
  const metadata = JSON.parse(event.metadata) as Record<string, unknown>;
  if (metadata.workspaceId !== workspaceId) throw foreign(event);
  const { recordedAt } = metadata;
  if (typeof recordedAt !== 'string' || Number.isNaN(Date.parse(recordedAt)) || !isStorable(event)) {
    throw broken(event, 'is not an event of Ledgerdesk');
  }
  return { recordedAt };
}

function workspaceOf(stream: string): string | undefined {
  try {
    return parseStreamName(stream).workspaceId;
  } catch {
    return undefined;
  }
}

/** Whoever made the hashes may have hashed anything. */
function isStorable(event: EventLine): boolean {
  try {
    checkHistoryEvent(event);
    const data: unknown = JSON.parse(event.data);
    return typeof data === 'object' && data !== null && !Array.isArray(data) && canonicalText(data) === event.data;
  } catch {
    return false;
  }
}

function foreign({ stream, revision }: EventLine): MoveRefused {
  return new MoveRefused(
    'file.foreign-stream',
    `Event ${String(revision)} of ${stream} belongs to another workspace than the file: nothing was imported.`,
  );
}

function broken({ stream, revision }: EventLine, how: string): MoveRefused {
  return new MoveRefused(
    'file.broken-chain',
    `Event ${String(revision)} of ${stream} ${how}: the file is not what was exported, and nothing was imported.`,
  );
}
