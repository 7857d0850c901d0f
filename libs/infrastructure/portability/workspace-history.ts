import { BEGINNING, type EventStore, type Position, type StoredEvent } from '@ledgerdesk/event-store';

const PAGE = 2_000;

/** The events of one workspace in log order up to a position, page by page; a page may be empty. */
export async function* workspaceHistory(
  store: EventStore,
  workspaceId: string,
  until: Position,
): AsyncGenerator<readonly StoredEvent[]> {
  const own = `-${workspaceId.replaceAll('-', '')}_`;
  for (let after = BEGINNING; store.compare(after, until) < 0;) {
    const page = await store.readAll({ after, max: PAGE });
    const last = page.at(-1);
    if (!last) return;
    after = last.position;
    // The category of a stream holds no underscore, so this names the workspace and nothing else.
    yield page.filter(({ stream, position }) => stream.includes(own) && store.compare(position, until) <= 0);
  }
}
