import { join } from 'node:path';
import { describeGoldenEvents } from '@ledgerdesk/testing';
import type { MessageTextRead } from '../domain/reading.decider.js';
import { about, CUSTOMER, KEY, opened, solvedAt } from '../domain/ticket-stories.fixture.js';
import type { TicketEvent } from '../domain/ticket.events.js';

const MEMBER = '00000000-0000-7000-8000-0000000000a1';
const TEAM = '00000000-0000-7000-8000-0000000000b1';
const OTHER = '00000000-0000-7000-8000-0000000000c1';
const MERGE = '00000000-0000-7000-8000-0000000000d1';
const MESSAGE = '00000000-0000-7000-8000-0000000000e1';
const union = { ticketId: OTHER, number: 1041 };
const UNTIL = '2026-03-05T12:00:00.000Z';

const ticket: { readonly [Type in TicketEvent['type']]: Extract<TicketEvent, { type: Type }>['data'] } = {
  TicketOpened: opened({
    requester: { customerId: CUSTOMER, keyId: KEY, name: about('Ada Lovelace'), address: about('ada@example.org') },
    priority: 'high',
    category: 'Hardware',
    subcategory: 'Printer',
    tags: ['fire', 'vip'],
    customFields: { floor: 3, leased: true, serial: about('X-1') },
    externalId: { source: 'servicenow', id: 'INC0000045' },
    followUpOf: OTHER,
  }).data,
  CustomerMessageReceived: { body: about('Still burning.'), channel: 'email' },
  PublicReplySent: { body: about('We are on it.') },
  NoteAdded: { body: about('Asked facilities.') },
  TicketHandedOff: {
    done: about('Called.'),
    next: about('Visit.'),
    watch: about('The stairs.'),
    assigneeId: MEMBER,
    from: null,
  },
  TicketAssigned: {
    assigneeId: MEMBER,
    teamId: TEAM,
    reason: about('round robin, 3 of 5 online'),
    from: { assigneeId: null, teamId: null },
  },
  TicketRenamed: { subject: about('Printer on fire, third floor') },
  TicketPrioritised: { priority: 'urgent', from: 'high' },
  TicketCategorised: {
    category: 'Safety',
    subcategory: null,
    from: { category: 'Hardware', subcategory: 'Printer' },
  },
  TicketTagged: { tags: ['smoke'] },
  TicketUntagged: { tags: ['vip'] },
  CustomFieldSet: { field: 'serial', value: about('X-2') },
  WorkStarted: { from: 'new' },
  TicketPended: { from: 'open', until: UNTIL },
  TicketHeld: { from: 'pending' },
  TicketSolved: solvedAt().data,
  TicketReopened: { from: 'solved', because: 'customer_message' },
  TicketWoken: { from: 'pending' },
  TicketClosed: { from: 'solved' },
  TicketMarkedSpam: { from: 'open' },
  TicketTrashed: { from: 'spam' },
  TicketRestored: { from: 'trashed', status: 'pending', until: UNTIL, closeAt: null },
  StatusReverted: {
    from: 'solved',
    status: 'pending',
    until: UNTIL,
    reopenUntil: UNTIL,
    closeAt: UNTIL,
    solvedAt: UNTIL,
    waitingSince: UNTIL,
  },
  TicketLinked: { otherTicketId: OTHER, relation: 'caused_by' },
  TicketUnlinked: { otherTicketId: OTHER, relation: 'caused_by' },
  TicketTextsErased: { keyId: KEY },
  MergeRequested: { mergeId: MERGE, target: union, from: 'open' },
  Absorbed: {
    mergeId: MERGE,
    group: [{ ...union, customerId: CUSTOMER, keyId: KEY }],
    messageCount: 3,
    noteCount: 1,
    waitingSince: UNTIL,
  },
  Merged: { mergeId: MERGE, target: union, from: 'open', group: [OTHER] },
  MergeRefused: { mergeId: MERGE, target: union, because: 'ticket.target-closed' },
  Released: {
    mergeId: MERGE,
    source: union,
    group: [OTHER],
    messages: [MESSAGE],
    messageCount: 4,
    noteCount: 1,
    waitingSince: null,
    sourceWaitingSince: UNTIL,
  },
  Unmerged: {
    mergeId: MERGE,
    target: union,
    from: 'merged',
    group: [OTHER],
    messages: [MESSAGE],
    waitingSince: UNTIL,
    status: 'pending',
    until: UNTIL,
    closeAt: null,
  },
  TicketSplit: {
    into: union,
    requester: { customerId: CUSTOMER, keyId: KEY, name: about('Ada Lovelace'), address: about('ada@example.org') },
    subject: about('The other printer'),
    channel: 'email',
    messages: [MESSAGE],
    messageCount: 1,
    noteCount: 0,
    waitingSince: null,
    ownWaitingSince: null,
    takenWaitingSince: UNTIL,
  },
  MessagesTaken: { origin: union, messages: [MESSAGE], messageCount: 1, noteCount: 0, waitingSince: UNTIL },
  ImportRecorded: {
    changed: { status: 'closed', priority: 'low', assigneeId: MEMBER, teamId: TEAM, category: 'A', subcategory: 'B' },
    from: { status: 'new', priority: 'normal', assigneeId: null, teamId: null, category: null, subcategory: null },
  },
};

const reading: Record<MessageTextRead['type'], MessageTextRead['data']> = {
  MessageTextRead: { memberId: MEMBER, through: 'timeline', ticketIds: [OTHER] },
};

describeGoldenEvents(join(__dirname, 'golden.json'), { ticket, reading });
