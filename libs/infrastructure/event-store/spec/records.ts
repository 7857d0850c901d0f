import { randomUUID } from 'node:crypto';
import type { EventRecord, StoredEvent } from '../event-store.js';
import { streamName } from '../stream-name.js';

/** A fresh stream of a workspace, by default of one of its own. */
export function freshStream(category = 'ticket', workspaceId: string = randomUUID()): string {
  return streamName(category, workspaceId, randomUUID());
}

/** A small event with a fresh id. */
export function record(change: Partial<EventRecord> = {}): EventRecord {
  return { id: randomUUID(), type: 'NoteAdded', data: '{"note":"x"}', metadata: '{"v":"1"}', ...change };
}

export function records(count: number): readonly EventRecord[] {
  return Array.from({ length: count }, () => record());
}

export const idsOf = (events: readonly Pick<StoredEvent, 'id'>[]): readonly string[] => events.map(({ id }) => id);
