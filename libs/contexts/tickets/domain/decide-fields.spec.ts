import { given } from '@ledgerdesk/testing';
import {
  AssignTicket,
  CategoriseTicket,
  EraseTicketTexts,
  LinkTicket,
  PrioritiseTicket,
  RecordImported,
  RenameTicket,
  SetCustomField,
  TagTicket,
  type TicketCommand,
  UnlinkTicket,
  UntagTicket,
} from './ticket.commands.js';
import { ticketDecider } from './ticket.decider.js';
import type { TicketEvent } from './ticket.events.js';
import { about, opened, TICKET } from './ticket-stories.fixture.js';

const started: TicketEvent = { type: 'WorkStarted', data: { from: 'new' } };
const closed: TicketEvent = { type: 'TicketClosed', data: { from: 'solved' } };
const nobody = { assigneeId: null, teamId: null };

const commands: readonly TicketCommand[] = [
  new AssignTicket(TICKET, 'm1'),
  new RenameTicket(TICKET, 'Fire'),
  new PrioritiseTicket(TICKET, 'urgent'),
  new CategoriseTicket(TICKET, 'Hardware'),
  new TagTicket(TICKET, ['vip']),
  new UntagTicket(TICKET, ['old']),
  new SetCustomField(TICKET, 'floor', 3),
  new LinkTicket(TICKET, 't2'),
  new UnlinkTicket(TICKET, 't3', 'caused_by'),
];
const before = [
  opened({ tags: ['old'] }),
  { type: 'TicketLinked', data: { otherTicketId: 't3', relation: 'caused_by' } },
] as const;

describe('every change of a field', () => {
  it.each(commands)('opens a new ticket, is quiet the second time, and needs a ticket in use: %p', (command) => {
    const events = ticketDecider.decide(command, given(ticketDecider, ...before).state(), {
      actor: 'member:m1',
      now: 0,
    });
    expect(events).toHaveLength(2);
    expect(events[1]).toEqual(started);
    // Texts are sealed, so a decision can not tell that one is the same.
    if (!(command instanceof RenameTicket))
      given(ticketDecider, ...before, ...events)
        .when(command)
        .thenNothing();
    given(ticketDecider, ...before)
      .when(command, { actor: 'system:rule' })
      .then(...events.slice(0, 1));
    given(ticketDecider, ...before, closed)
      .when(command)
      .thenRefused('ticket.closed');
    given(ticketDecider, ...before, { type: 'TicketMarkedSpam', data: { from: 'new' } })
      .when(command)
      .thenRefused('ticket.spam');
    given(ticketDecider, ...before, { type: 'TicketTrashed', data: { from: 'new' } })
      .when(command)
      .thenRefused('ticket.trashed');
  });
});

describe('assigning', () => {
  it('says who, and why', () => {
    given(ticketDecider, opened(), started)
      .when(new AssignTicket(TICKET, 'm1', 'team1', ' round robin, 3 of 5 online '))
      .then({
        type: 'TicketAssigned',
        data: { assigneeId: 'm1', teamId: 'team1', reason: about('round robin, 3 of 5 online'), from: nobody },
      });
  });

  it('leaves the owner that is not named, and takes away the one that is null', () => {
    const owned: TicketEvent = {
      type: 'TicketAssigned',
      data: { assigneeId: 'm1', teamId: 'team1', reason: null, from: nobody },
    };
    const from = { assigneeId: 'm1', teamId: 'team1' };
    given(ticketDecider, opened(), owned)
      .when(new AssignTicket(TICKET, undefined, 'team2'), { actor: 'system:rule' })
      .then({ type: 'TicketAssigned', data: { assigneeId: 'm1', teamId: 'team2', reason: null, from } });
    given(ticketDecider, opened(), owned)
      .when(new AssignTicket(TICKET, null), { actor: 'system:rule' })
      .then({ type: 'TicketAssigned', data: { assigneeId: null, teamId: 'team1', reason: null, from } });
    given(ticketDecider, opened(), owned)
      .when(new AssignTicket(TICKET, 'm1', 'team1', 'again'))
      .thenNothing();
  });
});

describe('names of things', () => {
  it('renames under the key of the requester', () => {
    given(ticketDecider, opened(), started)
      .when(new RenameTicket(TICKET, '  Printer \n on  fire '))
      .then({ type: 'TicketRenamed', data: { subject: about('Printer on fire') } });
  });

  it('prioritises and tells the former priority', () => {
    given(ticketDecider, opened(), started)
      .when(new PrioritiseTicket(TICKET, 'urgent'))
      .then({ type: 'TicketPrioritised', data: { priority: 'urgent', from: 'normal' } });
    given(ticketDecider, opened()).when(new PrioritiseTicket(TICKET, 'normal')).thenNothing();
  });

  it('categorises as a pair, and clears it', () => {
    const hardware = { category: 'Hardware', subcategory: 'Printer' };
    const none = { category: null, subcategory: null };
    given(ticketDecider, opened(hardware), started)
      .when(new CategoriseTicket(TICKET, ' '))
      .then({ type: 'TicketCategorised', data: { ...none, from: hardware } });
    given(ticketDecider, opened(hardware))
      .when(new CategoriseTicket(TICKET, 'Hardware', 'Printer'))
      .thenNothing();
    given(ticketDecider, opened())
      .when(new CategoriseTicket(TICKET, null, 'Printer'))
      .thenRefused('ticket.subcategory-alone');
  });
});

describe('tags', () => {
  it('writes only what is new', () => {
    given(ticketDecider, opened({ tags: ['vip'] }), started)
      .when(new TagTicket(TICKET, ['VIP', 'Fire']))
      .then({ type: 'TicketTagged', data: { tags: ['fire'] } });
  });

  it('takes away only what is there', () => {
    given(ticketDecider, opened({ tags: ['fire', 'vip'] }), started)
      .when(new UntagTicket(TICKET, ['vip', 'absent']))
      .then({ type: 'TicketUntagged', data: { tags: ['vip'] } });
  });

  it('has room for twenty', () => {
    const tags = Array.from({ length: 19 }, (_, index) => `tag${String(index)}`);
    given(ticketDecider, opened({ tags }), started)
      .when(new TagTicket(TICKET, ['one']))
      .then({ type: 'TicketTagged', data: { tags: ['one'] } });
    given(ticketDecider, opened({ tags }))
      .when(new TagTicket(TICKET, ['one', 'two']))
      .thenRefused('ticket.too-many-tags');
  });
});

describe('custom fields', () => {
  it('seals texts and keeps numbers and booleans readable', () => {
    const set = (value: string | number | boolean | null): SetCustomField =>
      new SetCustomField(TICKET, 'serial', value);
    const wrote = (value: ReturnType<typeof about> | number | boolean | null): TicketEvent => ({
      type: 'CustomFieldSet',
      data: { field: 'serial', value },
    });
    given(ticketDecider, opened(), started)
      .when(set('X-1'))
      .then(wrote(about('X-1')));
    given(ticketDecider, opened(), started).when(set(-0)).then(wrote(0));
    given(ticketDecider, opened(), started, wrote(true)).when(set(true)).thenNothing();
    given(ticketDecider, opened(), started, wrote(true)).when(set(false)).then(wrote(false));
    given(ticketDecider, opened(), started, wrote(about('X-1')))
      .when(set('X-1'))
      .then(wrote(about('X-1')));
    given(ticketDecider, opened(), started, wrote(about('X-1')))
      .when(set(null))
      .then(wrote(null));
    given(ticketDecider, opened(), started, wrote(about('X-1')), wrote(null))
      .when(set(null))
      .thenNothing();
  });

  it('has room for fifty, and for another value of each of them', () => {
    const customFields = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`f${String(index)}`, index]));
    given(ticketDecider, opened({ customFields }))
      .when(new SetCustomField(TICKET, 'more', 1))
      .thenRefused('ticket.too-many-fields');
    given(ticketDecider, opened({ customFields }), started)
      .when(new SetCustomField(TICKET, 'f7', 8))
      .then({ type: 'CustomFieldSet', data: { field: 'f7', value: 8 } });
  });

  it('does not take names of the language for fields', () => {
    given(ticketDecider, opened(), started)
      .when(new SetCustomField(TICKET, 'constructor', 1))
      .then({ type: 'CustomFieldSet', data: { field: 'constructor', value: 1 } });
    given(ticketDecider, opened())
      .when(new SetCustomField(TICKET, 'constructor', null))
      .thenNothing();
  });
});

describe('links', () => {
  it('keeps relations apart and refuses the ticket itself', () => {
    const linked: TicketEvent = { type: 'TicketLinked', data: { otherTicketId: 't2', relation: 'related' } };
    given(ticketDecider, opened(), started).when(new LinkTicket(TICKET, 't2')).then(linked);
    given(ticketDecider, opened(), started, linked)
      .when(new LinkTicket(TICKET, 't2', 'caused_by'))
      .then({ type: 'TicketLinked', data: { otherTicketId: 't2', relation: 'caused_by' } });
    given(ticketDecider, opened(), started, linked)
      .when(new UnlinkTicket(TICKET, 't2', 'caused_by'))
      .thenNothing();
    given(ticketDecider, opened()).when(new LinkTicket(TICKET, TICKET)).thenRefused('ticket.link-self');
  });

  it('has room for fifty', () => {
    const links = Array.from({ length: 50 }, (_, index): TicketEvent => ({
      type: 'TicketLinked',
      data: { otherTicketId: `t${String(index)}`, relation: 'related' },
    }));
    given(ticketDecider, opened(), ...links)
      .when(new LinkTicket(TICKET, 'more'))
      .thenRefused('ticket.too-many-links');
  });
});

describe('history of another system', () => {
  const importer = { actor: 'system:import' } as const;

  it('allows every transition and writes what changed, with what it was', () => {
    given(ticketDecider, opened(), closed)
      .when(new RecordImported(TICKET, { status: 'open', priority: 'normal', teamId: 'team1' }), importer)
      .then({
        type: 'ImportRecorded',
        data: { changed: { status: 'open', teamId: 'team1' }, from: { status: 'closed', teamId: null } },
      });
  });

  it('is quiet for a row that changes nothing', () => {
    const row = new RecordImported(TICKET, { status: 'new', priority: 'normal', category: null, assigneeId: null });
    given(ticketDecider, opened()).when(row, importer).thenNothing();
  });

  it('leaves a ticket that the desk can go on with', () => {
    const solved: TicketEvent = {
      type: 'ImportRecorded',
      data: { changed: { status: 'solved' }, from: { status: 'new' } },
    };
    expect(given(ticketDecider, opened(), solved).state()).toMatchObject({ status: 'solved', formerStatus: null });
    given(ticketDecider, opened(), solved, closed).when(new AssignTicket(TICKET, 'm1')).thenRefused('ticket.closed');
  });
});

describe('erasing the texts of a person', () => {
  it.each([[], [closed], [{ type: 'TicketTrashed', data: { from: 'open' } }]] satisfies TicketEvent[][])(
    'is said once for each key, in every status: %p',
    (...events) => {
      const erased = { type: 'TicketTextsErased', data: { keyId: 'k1' } } as const;
      given(ticketDecider, opened(), ...events)
        .when(new EraseTicketTexts(TICKET, 'k1'), { actor: 'system:erase-texts' })
        .then(erased);
      given(ticketDecider, opened(), ...events, erased)
        .when(new EraseTicketTexts(TICKET, 'k1'))
        .thenNothing();
      given(ticketDecider, opened(), ...events, erased)
        .when(new EraseTicketTexts(TICKET, 'k2'))
        .then({ type: 'TicketTextsErased', data: { keyId: 'k2' } });
    },
  );
});
