import { ERASED, Personal, type Recorded } from '@ledgerdesk/kernel';
import type { Projection, ProjectionRow } from '@ledgerdesk/read-store';
import { about, KEY, opened, recorded, solvedAt } from '../domain/ticket-stories.fixture.js';
import type { TicketEvent } from '../domain/ticket.events.js';
import { inbox } from './inbox.projection.js';
import { search } from './search.projection.js';
import { timeline } from './timeline.projection.js';

const CANARY = 'Canary';

const story: readonly TicketEvent[] = [
  opened({
    subject: about(`${CANARY} on fire`),
    customFields: { floor: 3, serial: about(CANARY) },
    tags: ['vip'],
    externalId: { source: 'servicenow', id: 'INC0000045' },
  }),
  { type: 'CustomerMessageReceived', data: { body: about(`${CANARY} again`), channel: 'email' } },
  { type: 'NoteAdded', data: { body: about(CANARY) } },
  {
    type: 'TicketHandedOff',
    data: { done: about(CANARY), next: about(CANARY), watch: about(CANARY), assigneeId: 'm1', from: null },
  },
  {
    type: 'TicketAssigned',
    data: { assigneeId: 'm2', teamId: null, reason: about(CANARY), from: { assigneeId: 'm1', teamId: null } },
  },
  { type: 'TicketTagged', data: { tags: ['smoke'] } },
  { type: 'TicketRenamed', data: { subject: about(`${CANARY} burns`) } },
  { type: 'PublicReplySent', data: { body: about(CANARY) } },
  solvedAt(),
];
const erasure: TicketEvent = { type: 'TicketTextsErased', data: { keyId: KEY } };

const readable = recorded([...story, erasure]);
const sealed = readable.map((event) => ({ ...event, data: withoutTexts(event.data) })) as Recorded<TicketEvent>[];

function withoutTexts(value: unknown): unknown {
  if (value instanceof Personal) return new Personal(value.keyId, ERASED);
  if (Array.isArray(value)) return value.map(withoutTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withoutTexts(part)]));
}

function rowsAfter<Row extends ProjectionRow>(
  projection: Projection<Row>,
  events: readonly Recorded[],
): ReadonlyMap<string, Row | undefined> {
  const rows = new Map<string, Row | undefined>();
  for (const event of events)
    for (const key of projection.keysOf(event)) rows.set(key, projection.apply(rows.get(key), event, key));
  return rows;
}

describe.each([inbox, timeline, search] as unknown as Projection<ProjectionRow>[])('$name', (projection) => {
  it('M6 holds after an erasure what a rebuild would make, and none of the texts', () => {
    const before = rowsAfter(projection, readable.slice(0, -1));
    expect(JSON.stringify([...before])).toMatch(/canary/i);
    // What the runner tells when the erasing event comes: the stream once more, as it reads now, and the event.
    const live = rowsAfter(projection, [...readable.slice(0, -1), ...sealed]);
    expect(live).toEqual(rowsAfter(projection, sealed));
    expect(JSON.stringify([...live])).not.toMatch(/canary|\bada\b|burns/i);
  });
});

it('an erasure leaves a ticket where it is in every list', () => {
  const [row] = rowsAfter(inbox, sealed).values();
  const [before] = rowsAfter(inbox, sealed.slice(0, -1)).values();
  expect(row).toMatchObject({ version: story.length, status: 'solved', updatedAt: before?.updatedAt });
});
