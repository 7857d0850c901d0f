import { type EventStore, parseStreamName, type StoredEvent } from '@ledgerdesk/event-store';
import type { EventMetadata } from '@ledgerdesk/kernel';
import type { LedgerEvent, LedgerSource } from '@ledgerdesk/read-store';

const GATHER_MILLISECONDS = 20;

/**
 * The ledger for consumers that look at what stands on an event and never into it: every category, nothing decrypted, nothing put
 * aside. Data is left out; metadata that can not be read is empty.
 */
export function storedLedgerSource(store: EventStore, onFailure: (error: Error) => void): LedgerSource {
  return {
    async read(after, max) {
      const events = await store.readAll({ after, max });
      return { from: after, to: events.at(-1)?.position ?? after, events: events.map(outside) };
    },
    follow(after, _categories, onPage) {
      let from = after;
      return store.subscribe(
        { after, gather: GATHER_MILLISECONDS },
        {
          async onPage(events, checkpoint) {
            await onPage({ from, to: checkpoint, events: events.map(outside) });
            from = checkpoint;
          },
          onFailure,
        },
      );
    },
    head: () => store.head(),
    compare: (a, b) => store.compare(a, b),
  };
}

function outside({ id, type, stream, revision, position, metadata }: StoredEvent): LedgerEvent {
  const { category, workspaceId } = parseStreamName(stream);
  const content = { id, type, stream, revision, position, data: {}, metadata: readable(metadata) };
  return { stream, category, workspaceId, revision, position, content };
}

function readable(text: string): EventMetadata {
  const known: Partial<EventMetadata> = parsed(text);
  return { ...NOTHING, ...known };
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

const NOTHING: EventMetadata = {
  workspaceId: '',
  actor: 'system:unknown',
  cause: 'job:unknown',
  commandId: '',
  correlationId: '',
  v: '1',
  occurredAt: '',
  recordedAt: '',
  previousHash: '',
  hash: '',
};
