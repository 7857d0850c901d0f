import {
  type EventStore,
  EventStoreTimeout,
  EventStoreUnavailable,
  type Ledger,
  parseStreamName,
  readWhole,
  type StoredEvent,
} from '@ledgerdesk/event-store';
import { ERASING_EVENTS, type Recorded } from '@ledgerdesk/kernel';
import type { LedgerEvent, LedgerPage, LedgerPosition, LedgerSource } from '@ledgerdesk/read-store';

/** A transaction per read model and page costs more than the rows of a few events; nobody sees this delay. */
const GATHER_MILLISECONDS = 20;

/**
 * The ledger for consumers: pages of opened events, of which only the wanted categories are decrypted. An event that can't be
 * read does not stop its page; it travels as its error, for every consumer to put aside.
 */
export function ledgerSource(store: EventStore, ledger: Ledger, onFailure: (error: Error) => void): LedgerSource {
  const page = async (
    from: LedgerPosition,
    to: LedgerPosition,
    events: readonly StoredEvent[],
    categories: ReadonlySet<string>,
  ): Promise<LedgerPage> => {
    ledger.heed(events);
    const wanted = events.filter(({ stream }) => categories.has(parseStreamName(stream).category));
    return { from, to, events: await opened(store, ledger, wanted) };
  };
  return {
    async read(after, max, categories) {
      const events = await store.readAll({ after, max });
      return page(after, events.at(-1)?.position ?? after, events, categories);
    },
    follow(after, categories, onPage) {
      let from = after;
      return store.subscribe(
        { after, gather: GATHER_MILLISECONDS },
        {
          async onPage(events, checkpoint) {
            await onPage(await page(from, checkpoint, events, categories));
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

/** The event at one place of a stream, for replaying what was put aside. */
export async function ledgerEvent(
  store: EventStore,
  ledger: Ledger,
  stream: string,
  revision: number,
): Promise<LedgerEvent> {
  const event = (await opened(store, ledger, await store.read(stream, { from: revision, max: 1 }))).at(0);
  if (!event) throw new Error(`There is no event ${String(revision)} in ${stream}.`);
  return event;
}

/** What is read here is kept in read models, so every key is asked for anew. */
const FRESH = { fresh: true } as const;

async function opened(
  store: EventStore,
  ledger: Ledger,
  events: readonly StoredEvent[],
): Promise<readonly LedgerEvent[]> {
  const described = (event: StoredEvent, content: LedgerEvent['content']): LedgerEvent => ({
    ...describe(event, content),
    ...(ERASING_EVENTS.has(event.type) && { history: () => historyOf(store, ledger, event) }),
  });
  try {
    const contents = await ledger.open(events, FRESH);
    return events.map((event, index) => described(event, contents[index] ?? new Error('The event was not opened.')));
  } catch (error) {
    throwOutage(error);
    return Promise.all(events.map(async (event) => described(event, await openAlone(ledger, event))));
  }
}

/** Everything in the stream before an event, as it reads now. */
async function historyOf(
  store: EventStore,
  ledger: Ledger,
  { stream, revision }: StoredEvent,
): Promise<readonly Recorded[]> {
  return ledger.open((await readWhole(store, stream)).slice(0, revision), FRESH);
}

async function openAlone(ledger: Ledger, event: StoredEvent): Promise<LedgerEvent['content']> {
  try {
    return (await ledger.open([event], FRESH)).at(0) ?? new Error('The event was not opened.');
  } catch (error) {
    throwOutage(error);
    return error instanceof Error ? error : new Error(String(error));
  }
}

function describe({ stream, revision, position }: StoredEvent, content: LedgerEvent['content']): LedgerEvent {
  const { category, workspaceId } = parseStreamName(stream);
  return { stream, category, workspaceId, revision, position, content };
}

/** A database that is away says nothing about an event. */
function throwOutage(error: unknown): void {
  if (error instanceof EventStoreUnavailable || error instanceof EventStoreTimeout) throw error;
}
