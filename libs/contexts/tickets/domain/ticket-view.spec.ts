import { ERASED, Personal } from '@ledgerdesk/kernel';
import { about, CUSTOMER, KEY, opened, recorded, solvedAt, TICKET } from './ticket-stories.fixture.js';
import { summaryOf, ticketView } from './ticket-view.fold.js';
import type { TicketEvent } from './ticket.events.js';
import { timelineEntry } from './timeline-entry.js';

const second = (n: number): string => new Date(Date.parse('2026-03-02T12:00:00.000Z') + n * 1_000).toISOString();
const view = (...events: TicketEvent[]): ReturnType<typeof ticketView> => ticketView(recorded([opened(), ...events]));
const entry = (event: TicketEvent): ReturnType<typeof timelineEntry> | undefined =>
  recorded([event]).map((told) => timelineEntry(told, TICKET))[0];

describe('the view of a ticket', () => {
  it('begins with what was asked', () => {
    expect(view()).toEqual({
      id: TICKET,
      number: 1042,
      version: 0,
      subject: 'Printer on fire',
      status: 'new',
      priority: 'normal',
      category: null,
      subcategory: null,
      tags: [],
      customFields: {},
      channel: 'web',
      requester: { customerId: CUSTOMER, name: 'Ada Lovelace', address: 'ada@example.org' },
      erased: false,
      assigneeId: null,
      teamId: null,
      assignmentReason: null,
      pendingUntil: null,
      openedAt: second(0),
      updatedAt: second(0),
      solvedAt: null,
      closedAt: null,
      firstRepliedAt: null,
      waitingSince: second(0),
      messageCount: 1,
      noteCount: 0,
      preview: 'It burns.',
      links: [],
      mergedInto: null,
      mergedTickets: [],
      takenFrom: [],
      externalId: null,
      imported: false,
    });
  });

  it('is nothing before the ticket was opened', () => {
    expect(ticketView([])).toBeUndefined();
    expect(ticketView(recorded([{ type: 'TicketHeld', data: { from: 'open' } }]))).toBeUndefined();
  });

  it('knows since when the customer waits, from their oldest unanswered message', () => {
    const message: TicketEvent = { type: 'CustomerMessageReceived', data: { body: about('Hello?'), channel: 'web' } };
    const reply: TicketEvent = { type: 'PublicReplySent', data: { body: about('Here.') } };
    expect(view(message)).toMatchObject({ waitingSince: second(0), messageCount: 2, preview: 'Hello?' });
    expect(view(reply)).toMatchObject({ waitingSince: null, firstRepliedAt: second(1), preview: 'Here.' });
    expect(view(reply, message, message, reply, message)).toMatchObject({
      waitingSince: second(5),
      firstRepliedAt: second(1),
      messageCount: 6,
    });
    expect(view(message, solvedAt())).toMatchObject({ waitingSince: null });
    expect(view(solvedAt(), message)).toMatchObject({ waitingSince: second(2) });
  });

  it('keeps notes out of the preview', () => {
    expect(view({ type: 'NoteAdded', data: { body: about('Secret.') } })).toMatchObject({
      noteCount: 1,
      preview: 'It burns.',
    });
  });

  it('cuts the preview between characters', () => {
    const body = about(`${'x'.repeat(159)}😀 and more`);
    const preview = view({ type: 'PublicReplySent', data: { body } })?.preview ?? '';
    expect(preview).toBe(`${'x'.repeat(159)}…`);
    expect(preview.isWellFormed()).toBe(true);
  });

  it('knows when it was solved and closed, and forgets it when it is open again', () => {
    const solved = solvedAt(second(1), 'new');
    const closed: TicketEvent = { type: 'TicketClosed', data: { from: 'solved' } };
    expect(view(solved, closed)).toMatchObject({ status: 'closed', solvedAt: second(1), closedAt: second(2) });
    const reopened: TicketEvent = { type: 'TicketReopened', data: { from: 'solved', because: 'agent' } };
    expect(view(solved, reopened)).toMatchObject({ status: 'open', solvedAt: null });
    const spam: TicketEvent = { type: 'TicketMarkedSpam', data: { from: 'solved' } };
    const restored: TicketEvent = {
      type: 'TicketRestored',
      data: { from: 'spam', status: 'solved', until: null, closeAt: second(9) },
    };
    expect(view(solved, spam, restored)).toMatchObject({ status: 'solved', solvedAt: second(1) });
  });

  it('shows why somebody has it', () => {
    const owned = { assigneeId: 'm1', teamId: null, from: { assigneeId: null, teamId: null } };
    expect(view({ type: 'TicketAssigned', data: { ...owned, reason: about('round robin') } })).toMatchObject({
      assigneeId: 'm1',
      assignmentReason: 'round robin',
    });
  });

  it('begins with a link to the ticket that it follows', () => {
    expect(ticketView(recorded([opened({ followUpOf: KEY })]))?.links).toEqual([
      { ticketId: KEY, relation: 'follow_up_of' },
    ]);
  });

  it('shows nothing of an erased person', () => {
    const gone = new Personal(KEY, ERASED);
    const requester = { customerId: CUSTOMER, keyId: KEY, name: gone, address: gone };
    const erased = ticketView(
      recorded([opened({ subject: gone, body: gone, requester, customFields: { serial: gone, floor: 3 } })]),
    );
    expect(erased).toMatchObject({
      erased: true,
      subject: null,
      preview: null,
      requester: { customerId: CUSTOMER, name: null, address: null },
      customFields: { serial: null, floor: 3 },
    });
  });

  it('gives lists the part that they show', () => {
    const ticket = view();
    const summary = ticket && summaryOf(ticket);
    expect(summary).not.toHaveProperty('customFields');
    expect(summary).toMatchObject({ number: 1042, subject: 'Printer on fire', preview: 'It burns.' });
  });
});

describe('a line of the timeline', () => {
  it('is the first message, or a fact when there was none', () => {
    expect(entry(opened())).toMatchObject({ kind: 'customer_message', text: 'It burns.', channel: 'web', revision: 0 });
    expect(entry(opened({ body: null }))).toMatchObject({ kind: 'fact', text: 'Printer on fire' });
  });

  it.each<[TicketEvent, Record<string, unknown>]>([
    [
      { type: 'CustomerMessageReceived', data: { body: about('Hello?'), channel: 'email' } },
      { kind: 'customer_message', text: 'Hello?', channel: 'email' },
    ],
    [
      { type: 'PublicReplySent', data: { body: about('Here.') } },
      { kind: 'public_reply', text: 'Here.' },
    ],
    [
      { type: 'NoteAdded', data: { body: about('Psst.') } },
      { kind: 'note', text: 'Psst.' },
    ],
    [
      { type: 'NoteAdded', data: { body: new Personal(KEY, ERASED) } },
      { kind: 'note', text: null, erased: true },
    ],
    [
      {
        type: 'TicketHandedOff',
        data: { done: about('Called.'), next: about('Visit.'), watch: null, assigneeId: 'm2', from: 'm1' },
      },
      {
        kind: 'handoff',
        handoff: { done: 'Called.', next: 'Visit.', watch: null, assigneeId: 'm2' },
        changes: [{ field: 'assigneeId', from: 'm1', to: 'm2' }],
      },
    ],
    [
      {
        type: 'TicketAssigned',
        data: { assigneeId: 'm1', teamId: 't', reason: about('why'), from: { assigneeId: null, teamId: 't' } },
      },
      { kind: 'fact', text: 'why', changes: [{ field: 'assigneeId', from: null, to: 'm1' }] },
    ],
    [solvedAt(), { changes: [{ field: 'status', from: 'open', to: 'solved' }] }],
    [
      { type: 'TicketPended', data: { from: 'open', until: second(9) } },
      {
        changes: [
          { field: 'status', from: 'open', to: 'pending' },
          { field: 'pendingUntil', from: null, to: second(9) },
        ],
      },
    ],
    [
      {
        type: 'TicketCategorised',
        data: { category: 'A', subcategory: null, from: { category: 'B', subcategory: 'C' } },
      },
      {
        changes: [
          { field: 'category', from: 'B', to: 'A' },
          { field: 'subcategory', from: 'C', to: null },
        ],
      },
    ],
    [
      { type: 'TicketPrioritised', data: { priority: 'high', from: 'low' } },
      { changes: [{ field: 'priority', from: 'low', to: 'high' }] },
    ],
    [
      { type: 'TicketRenamed', data: { subject: about('Fire') } },
      { changes: [{ field: 'subject', from: null, to: 'Fire' }] },
    ],
    [{ type: 'TicketTagged', data: { tags: ['a'] } }, { changes: [{ field: 'tag', from: null, to: 'a' }] }],
    [{ type: 'TicketUntagged', data: { tags: ['a'] } }, { changes: [{ field: 'tag', from: 'a', to: null }] }],
    [
      { type: 'CustomFieldSet', data: { field: 'floor', value: 3 } },
      { changes: [{ field: 'field:floor', from: null, to: 3 }] },
    ],
    [
      { type: 'TicketLinked', data: { otherTicketId: 't2', relation: 'related' } },
      { changes: [{ field: 'link:related', from: null, to: 't2' }] },
    ],
    [
      { type: 'TicketUnlinked', data: { otherTicketId: 't2', relation: 'related' } },
      { changes: [{ field: 'link:related', from: 't2', to: null }] },
    ],
    [
      {
        type: 'ImportRecorded',
        data: { changed: { status: 'open', teamId: 't' }, from: { status: 'closed', teamId: null } },
      },
      {
        changes: [
          { field: 'status', from: 'closed', to: 'open' },
          { field: 'teamId', from: null, to: 't' },
        ],
      },
    ],
  ])('%p', (event, line) => {
    expect(entry(event)).toMatchObject(line);
  });
});
