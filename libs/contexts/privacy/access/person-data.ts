import { type CustomerEvent, type CustomerView, customerView } from '@ledgerdesk/customers';
import { type EventStore, type Ledger, readWhole, streamName } from '@ledgerdesk/event-store';
import { ERASED, Personal, type Recorded } from '@ledgerdesk/kernel';
import type { Sql } from '@ledgerdesk/read-store';
import { type TicketEvent, type TicketView, ticketView, type TimelineEntry, timelineEntry } from '@ledgerdesk/tickets';
import { streamsAbout } from '../queries/streams-about.js';

/** An event of the customer's own history: texts as they read, null where they were erased. Instants are RFC 3339 UTC. */
export interface CustomerHistoryEntry {
  readonly id: string;
  readonly type: string;
  readonly at: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly cause: string;
  readonly data: unknown;
}

/** A ticket with texts about the person. Texts about others are left out. */
export interface TicketPart {
  readonly ticket: TicketView | undefined;
  /** Oldest first; messages, notes and facts alike. */
  readonly entries: readonly TimelineEntry[];
}

/** Everything that is held about one customer: who they are, then one ticket after another. */
export interface PersonData {
  readonly customer: CustomerView | undefined;
  readonly history: readonly CustomerHistoryEntry[];
  readonly tickets: AsyncIterable<TicketPart>;
}

export interface PersonDataSources {
  readonly store: EventStore;
  readonly ledger: Ledger;
  /** Works on the rows of one workspace. */
  readonly run: <T>(workspaceId: string, work: (sql: Sql) => Promise<T>) => Promise<T>;
}

export interface PersonAsked {
  readonly workspaceId: string;
  readonly customerId: string;
  readonly keyId: string;
}

const PAGE = 100;

/** Reads the person, and each ticket only when it is asked for: one ticket is in memory at a time. */
export async function personData(sources: PersonDataSources, asked: PersonAsked): Promise<PersonData> {
  const { store, ledger } = sources;
  const stream = streamName('customer', asked.workspaceId, asked.customerId);
  const events = (await ledger.open(await readWhole(store, stream))) as readonly Recorded<CustomerEvent>[];
  return { customer: customerView(events), history: events.map(historyEntry), tickets: ticketsAbout(sources, asked) };
}

async function* ticketsAbout(
  { store, ledger, run }: PersonDataSources,
  { workspaceId, keyId }: PersonAsked,
): AsyncGenerator<TicketPart> {
  for (let after = ''; ;) {
    const page = await run(workspaceId, (sql) =>
      streamsAbout(sql, { workspaceId, keyId, category: 'ticket', after, most: PAGE }),
    );
    for (const { aggregateId } of page) {
      const stored = await readWhole(store, streamName('ticket', workspaceId, aggregateId));
      const events = (await ledger.open(stored)).map((event) => ({ ...event, data: onlyAbout(keyId, event.data) }));
      const told = events as unknown as readonly Recorded<TicketEvent>[];
      yield { ticket: ticketView(told), entries: told.map((event) => timelineEntry(event, aggregateId)) };
    }
    const last = page.at(-1);
    if (!last) return;
    after = last.id;
  }
}

function historyEntry({ id, type, data, metadata }: Recorded): CustomerHistoryEntry {
  const { occurredAt: at, recordedAt, actor, cause } = metadata;
  return { id, type, at, recordedAt, actor, cause, data: mapped(data, ({ text }) => (text === ERASED ? null : text)) };
}

/** A ticket may hold texts about several people, for example after a merge: each of them gets their own. */
function onlyAbout(keyId: string, data: object): unknown {
  return mapped(data, (text) => (text.keyId === keyId ? text : new Personal(text.keyId, ERASED)));
}

function mapped(value: unknown, map: (text: Personal) => unknown): unknown {
  if (value instanceof Personal) return map(value);
  if (Array.isArray(value)) return value.map((part) => mapped(part, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mapped(part, map)]));
}
