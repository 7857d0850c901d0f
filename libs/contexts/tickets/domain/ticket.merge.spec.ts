import * as commands from './ticket.commands.js';
import { changes, sets } from './ticket.merge.js';
import { about, opened, POLICY, solvedAt, TICKET } from './ticket-stories.fixture.js';
import type { TicketEvent } from './ticket.events.js';

const owner = { assigneeId: 'm1', teamId: 'team1' };

describe('what a command sets', () => {
  it.each<[commands.TicketCommand, Record<string, unknown>]>([
    [
      new commands.PendTicket(TICKET, '2026-03-02T12:00:00Z'),
      { status: 'pending', pendingUntil: '2026-03-02T12:00:00.000Z' },
    ],
    [new commands.HoldTicket(TICKET), { status: 'on_hold' }],
    [new commands.SolveTicket(TICKET, POLICY), { status: 'solved' }],
    [new commands.ReopenTicket(TICKET), { status: 'open' }],
    [new commands.CloseTicket(TICKET), { status: 'closed' }],
    [new commands.MarkSpam(TICKET), { status: 'spam' }],
    [new commands.TrashTicket(TICKET), { status: 'trashed' }],
    [new commands.RestoreTicket(TICKET), { status: null }],
    [new commands.AssignTicket(TICKET, 'm1', null), { assigneeId: 'm1', teamId: null }],
    [new commands.AssignTicket(TICKET, undefined, 'team1'), { teamId: 'team1' }],
    [new commands.HandOffTicket(TICKET, { done: 'a', next: 'b', assigneeId: 'm2' }), { assigneeId: 'm2' }],
    [new commands.RenameTicket(TICKET, 'Fire'), { subject: 'Fire' }],
    [new commands.PrioritiseTicket(TICKET, 'low'), { priority: 'low' }],
    [new commands.CategoriseTicket(TICKET, 'A', 'B'), { category: 'A', subcategory: 'B' }],
    [new commands.TagTicket(TICKET, ['a', 'b']), { 'tag:a': true, 'tag:b': true }],
    [new commands.UntagTicket(TICKET, ['a']), { 'tag:a': false }],
    [new commands.SetCustomField(TICKET, 'floor', 3), { 'field:floor': 3 }],
    [new commands.SendPublicReply(TICKET, 'Done.', new commands.SolveTicket(TICKET, POLICY)), { status: 'solved' }],
    [new commands.SendPublicReply(TICKET, 'Done.', new commands.PendTicket(TICKET)), { status: 'pending' }],
    [new commands.SendPublicReply(TICKET, 'Done.'), {}],
    [new commands.AddNote(TICKET, 'Note'), {}],
    [new commands.ReceiveCustomerMessage(TICKET, 'Hi'), {}],
    [new commands.LinkTicket(TICKET, 't2'), {}],
    [new commands.UnlinkTicket(TICKET, 't2'), {}],
    [new commands.WakeTicket(TICKET), {}],
  ])('%p', (command, fields) => {
    expect(sets(command)).toEqual(fields);
  });
});

describe('what an event changed', () => {
  it.each<[TicketEvent, Record<string, unknown>]>([
    [
      { type: 'TicketPended', data: { from: 'open', until: null } },
      { status: 'pending', pendingUntil: null },
    ],
    [
      { type: 'TicketRestored', data: { from: 'spam', status: 'open', until: null, closeAt: null } },
      { status: 'open', pendingUntil: null },
    ],
    [{ type: 'WorkStarted', data: { from: 'new' } }, { status: 'open' }],
    [{ type: 'TicketWoken', data: { from: 'pending' } }, { status: 'open' }],
    [{ type: 'TicketReopened', data: { from: 'solved', because: 'agent' } }, { status: 'open' }],
    [{ type: 'TicketHeld', data: { from: 'open' } }, { status: 'on_hold' }],
    [solvedAt(), { status: 'solved' }],
    [{ type: 'TicketClosed', data: { from: 'solved' } }, { status: 'closed' }],
    [{ type: 'TicketMarkedSpam', data: { from: 'open' } }, { status: 'spam' }],
    [{ type: 'TicketTrashed', data: { from: 'open' } }, { status: 'trashed' }],
    [
      { type: 'TicketAssigned', data: { ...owner, reason: null, from: { assigneeId: null, teamId: 'team1' } } },
      { assigneeId: 'm1' },
    ],
    [
      { type: 'TicketAssigned', data: { ...owner, reason: null, from: { assigneeId: 'm1', teamId: null } } },
      { teamId: 'team1' },
    ],
    [
      {
        type: 'TicketHandedOff',
        data: { done: about('a'), next: about('b'), watch: null, assigneeId: 'm2', from: null },
      },
      { assigneeId: 'm2' },
    ],
    [{ type: 'TicketRenamed', data: { subject: about('Fire') } }, { subject: about('Fire') }],
    [{ type: 'TicketPrioritised', data: { priority: 'low', from: 'normal' } }, { priority: 'low' }],
    [
      {
        type: 'TicketCategorised',
        data: { category: 'A', subcategory: null, from: { category: null, subcategory: null } },
      },
      { category: 'A', subcategory: null },
    ],
    [{ type: 'TicketTagged', data: { tags: ['a'] } }, { 'tag:a': true }],
    [{ type: 'TicketUntagged', data: { tags: ['a'] } }, { 'tag:a': false }],
    [{ type: 'CustomFieldSet', data: { field: 'floor', value: null } }, { 'field:floor': null }],
    [
      { type: 'ImportRecorded', data: { changed: { status: 'open', priority: 'low' }, from: {} } },
      { status: 'open', priority: 'low' },
    ],
    [{ type: 'NoteAdded', data: { body: about('x') } }, {}],
    [{ type: 'TicketLinked', data: { otherTicketId: 't2', relation: 'related' } }, {}],
    [opened(), { status: 'new' }],
  ])('%p', (event, fields) => {
    expect(changes(event)).toEqual(fields);
  });
});
