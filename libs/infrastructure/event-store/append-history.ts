import { InvalidAppend } from './errors.js';
import type { EventRecord, EventStore, ExpectedRevision, HistoryEvent } from './event-store.js';

export interface Append {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly EventRecord[];
}

/**
 * Takes over a stretch of a history so that the log keeps its order. Safe to repeat with the same events.
 * @throws WrongRevision when a stream is elsewhere, `InvalidAppend` when revisions do not follow each other, and what `append` throws
 */
export async function appendHistory(store: EventStore, events: readonly HistoryEvent[]): Promise<void> {
  if (events.length === 0) return;
  if (store.appendHistory) return store.appendHistory(events);
  for (const { stream, expected, events: run } of runsOf(events)) {
    await store.append(stream, expected, run, { lane: 'bulk' });
  }
}

/** What each stream gets out of the stretch, in the order in which the streams come up. */
export function appendsOf(events: readonly HistoryEvent[]): readonly Append[] {
  return [...Map.groupBy(events, ({ stream }) => stream).values()].map(appendOf);
}

/** Neighbours of one stream go together, which keeps the order and saves calls. */
function runsOf(events: readonly HistoryEvent[]): readonly Append[] {
  const runs: HistoryEvent[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run?.[0]?.stream === event.stream) run.push(event);
    else runs.push([event]);
  }
  return runs.map(appendOf);
}

function appendOf(events: readonly HistoryEvent[]): Append {
  const [first] = events;
  if (!first) throw new InvalidAppend('A history needs at least one event.');
  for (const [offset, { revision }] of events.entries()) {
    if (revision === first.revision + offset) continue;
    throw new InvalidAppend(`Revision ${String(revision)} does not follow in ${first.stream}.`);
  }
  const expected = first.revision === 0 ? 'no_stream' : first.revision - 1;
  return {
    stream: first.stream,
    expected,
    events: events.map(({ id, type, data, metadata }) => ({ id, type, data, metadata })),
  };
}
