import { BEGINNING, type EventStore, parseStreamName, type StoredEvent, streamName } from '@ledgerdesk/event-store';
import { CAUSE } from './import-ids.js';

/** What earlier runs have taken over into a workspace. */
export interface ImportedBefore {
  /** Tickets by the number of their incident. */
  readonly tickets: ReadonlyMap<string, string>;
  /** Ids of all commands that left an event in a ticket. */
  readonly commands: ReadonlySet<string>;
}

const PAGE = 4_000;

/** Looks through the workspace's tickets in the ledger itself: a read model may be behind an import that was interrupted. */
export async function importedBefore(store: EventStore, workspaceId: string): Promise<ImportedBefore> {
  const prefix = streamName('ticket', workspaceId, '');
  const tickets = new Map<string, string>();
  const commands = new Set<string>();
  let after = BEGINNING;
  for (;;) {
    const page = await store.readAll({ after, prefix, max: PAGE });
    for (const event of page) {
      const { cause, commandId } = JSON.parse(event.metadata) as { cause?: string; commandId?: string };
      if (cause !== CAUSE || commandId === undefined) continue;
      commands.add(commandId);
      if (event.revision === 0) tickets.set(incidentOf(event), parseStreamName(event.stream).id);
    }
    if (page.length < PAGE) return { tickets, commands };
    after = page.at(-1)?.position ?? after;
  }
}

function incidentOf({ data }: StoredEvent): string {
  return (JSON.parse(data) as { externalId?: { id?: string } }).externalId?.id ?? '';
}
