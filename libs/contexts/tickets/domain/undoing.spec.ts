import fc from 'fast-check';
import { type Actor, DomainError, fold, nameId, type Recorded } from '@ledgerdesk/kernel';
import { anyLife, type Step } from './ticket-commands.fixture.js';
import { about, opened, POLICY, recorded, TICKET } from './ticket-stories.fixture.js';
import { ticketView } from './ticket-view.fold.js';
import type { TicketView } from './ticket-view.js';
import * as commands from './ticket.commands.js';
import { ticketDecider } from './ticket.decider.js';
import type { TicketEvent } from './ticket.events.js';
import { undoing } from './undoing.js';

const START = Date.parse('2026-03-02T12:00:00.000Z');
const UNTIL = '2026-03-05T12:00:00.000Z';
const HOUR = 3_600_000;

/** A ticket whose commands run one after another; each has an id of its own, as in the ledger. */
class Life {
  events: readonly Recorded<TicketEvent>[] = recorded([opened({ tags: ['vip'] })]);
  now = START;

  do(command: commands.TicketCommand, actor: Actor = 'member:m1'): this {
    const state = fold(ticketDecider, this.events);
    const decided = ticketDecider.decide(command, state, { actor, now: this.now });
    const commandId = nameId('life', String(this.events.length));
    const from = new Date(this.now).toISOString();
    const told = recorded(decided, { from, firstRevision: this.events.length, actor });
    this.events = [
      ...this.events,
      ...told.map((event) => ({
        ...event,
        metadata: { ...event.metadata, commandId, occurredAt: from, recordedAt: from },
      })),
    ];
    return this;
  }

  undo(version = this.events.length - 1, actor: Actor = 'member:m1'): this {
    return this.do(undoing(this.events, version, { actor, now: this.now }).command, actor);
  }

  later(milliseconds: number): this {
    this.now += milliseconds;
    return this;
  }

  get view(): TicketView {
    const view = ticketView(this.events);
    if (!view) throw new Error('The ticket has been opened.');
    return view;
  }
}

const begun = (): Life => new Life().do(new commands.ReopenTicket(TICKET)).later(1_000);
const types = ({ events }: Life, from: number): readonly string[] => events.slice(from).map(({ type }) => type);

/** Everything that people set, and what follows from it. */
function fieldsOf({ version: _version, updatedAt: _updatedAt, ...fields }: TicketView): object {
  return fields;
}

function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'allowed';
}

describe('undo', () => {
  const deeds: readonly [string, commands.TicketCommand][] = [
    ['an assignment', new commands.AssignTicket(TICKET, 'm2', 'team', 'because')],
    ['a solution', new commands.SolveTicket(TICKET, POLICY)],
    ['waiting', new commands.PendTicket(TICKET, UNTIL)],
    ['holding', new commands.HoldTicket(TICKET)],
    ['a priority', new commands.PrioritiseTicket(TICKET, 'urgent')],
    ['a category', new commands.CategoriseTicket(TICKET, 'A', 'B')],
    ['tags', new commands.TagTicket(TICKET, ['a', 'b', 'vip'])],
    ['taking tags away', new commands.UntagTicket(TICKET, ['vip'])],
    ['a subject', new commands.RenameTicket(TICKET, 'Fire')],
    ['a field', new commands.SetCustomField(TICKET, 'constructor', 'blue')],
    ['spam', new commands.MarkSpam(TICKET)],
    ['the trash', new commands.TrashTicket(TICKET)],
  ];

  it.each(deeds)('takes back %s, and redo is the undo of the undo', (_, command) => {
    const life = begun();
    const before = fieldsOf(life.view);
    const after = fieldsOf(life.do(command).view);
    expect(after).not.toEqual(before);
    expect(fieldsOf(life.undo().view)).toEqual(before);
    expect(fieldsOf(life.undo().view)).toEqual(after);
  });

  it.each(deeds)('is quiet when %s has been taken back already', (_, command) => {
    const life = begun().do(command);
    const version = life.events.length - 1;
    life.undo(version);
    const { length } = life.events;
    expect(life.undo(version).events).toHaveLength(length);
  });

  it('makes a ticket new again that was only assigned, and takes back all that one command did', () => {
    const life = new Life();
    const before = fieldsOf(life.view);
    life.do(new commands.AssignTicket(TICKET, 'm1'));
    expect(types(life, 1)).toEqual(['TicketAssigned', 'WorkStarted']);
    expect(fieldsOf(life.undo(1).view)).toEqual(before);
    expect(types(life, 3)).toEqual(['TicketAssigned', 'StatusReverted']);
  });

  it('leaves what was said, and takes back the status that went with it', () => {
    const life = new Life().do(new commands.SendPublicReply(TICKET, 'Done.', new commands.SolveTicket(TICKET, POLICY)));
    life.undo();
    expect(life.view).toMatchObject({ status: 'open', solvedAt: null, waitingSince: null, messageCount: 2 });
  });

  it('brings back since when the customer waits, unless they were answered meanwhile', () => {
    const life = begun();
    const { waitingSince } = life.view;
    life.do(new commands.SolveTicket(TICKET, POLICY));
    const version = life.events.length - 1;
    expect(life.view.waitingSince).toBeNull();
    const answered = Object.assign(new Life(), life).do(new commands.SendPublicReply(TICKET, 'By the way.'));
    expect(life.undo(version).view.waitingSince).toBe(waitingSince);
    expect(answered.undo(version).view).toMatchObject({ status: 'open', waitingSince: null });
  });

  it('refuses when a message arrives between looking and deciding', () => {
    const life = begun().do(new commands.SolveTicket(TICKET, POLICY));
    const { command } = undoing(life.events, life.events.length - 1, { actor: 'member:m1', now: life.now });
    life.do(new commands.SendPublicReply(TICKET, 'By the way.'));
    expect(refusalOf(() => life.do(command))).toBe('ticket.new-message');
  });

  it('comes back open when the instant to wait for has passed', () => {
    const life = begun()
      .do(new commands.PendTicket(TICKET, UNTIL))
      .later(71 * HOUR);
    life
      .do(new commands.SolveTicket(TICKET, POLICY))
      .later(2 * HOUR)
      .undo();
    expect(life.view).toMatchObject({ status: 'open', pendingUntil: null });
  });

  it.each<[string, commands.TicketCommand, Actor]>([
    ['a note', new commands.AddNote(TICKET, 'x'), 'member:m1'],
    ['a reply', new commands.SendPublicReply(TICKET, 'x'), 'member:m1'],
    ['a link', new commands.LinkTicket(TICKET, 'other'), 'member:m1'],
    ['what the customer did', new commands.ReceiveCustomerMessage(TICKET, 'x'), 'customer:c1'],
  ])('is not possible for %s', (_, command, actor) => {
    expect(refusalOf(() => begun().do(command, actor).undo())).toBe('undo.not-possible');
  });

  it('is not possible for the opening, for a timer, for closing, and for what never was', () => {
    expect(refusalOf(() => new Life().undo(0))).toBe('undo.not-possible');
    const woken = begun()
      .do(new commands.PendTicket(TICKET, UNTIL))
      .later(73 * HOUR);
    expect(refusalOf(() => woken.do(new commands.WakeTicket(TICKET), 'system:timer').undo())).toBe('undo.not-possible');
    const closed = begun().do(new commands.SolveTicket(TICKET, POLICY)).do(new commands.CloseTicket(TICKET));
    expect(refusalOf(() => closed.undo())).toBe('undo.not-possible');
    expect(refusalOf(() => closed.undo(closed.events.length - 2))).toBe('ticket.closed');
    expect(refusalOf(() => begun().undo(99))).toBe('undo.no-such-change');
  });

  it('is possible for a day for who did it, and for ten minutes for others', () => {
    const assigned = (): Life => begun().do(new commands.AssignTicket(TICKET, 'm2'));
    const attempt = (wait: number, actor: Actor): string =>
      refusalOf(() => assigned().later(wait).undo(undefined, actor));
    expect(attempt(24 * HOUR, 'member:m1')).toBe('allowed');
    expect(attempt(24 * HOUR + 1, 'member:m1')).toBe('undo.too-late');
    expect(attempt(600_000, 'member:m2')).toBe('allowed');
    expect(attempt(600_001, 'member:m2')).toBe('undo.too-late');
  });

  it('sets exactly what the change had set, so that somebody else who was faster is asked first', () => {
    const life = begun().do(new commands.PendTicket(TICKET, UNTIL));
    const { command, basedOn } = undoing(life.events, 2, { actor: 'member:m1', now: life.now });
    expect(ticketDecider.sets?.(command)).toEqual({ status: 'open', pendingUntil: null });
    expect(basedOn).toBe(2);
    const named = begun().do(new commands.RenameTicket(TICKET, 'Fire'));
    const renamed = undoing(named.events, 2, { actor: 'member:m1', now: named.now });
    expect(ticketDecider.sets?.(renamed.command)).toEqual({ subject: 'Printer on fire' });
    expect(ticketDecider.changes?.({ type: 'TicketRenamed', data: { subject: about('x') } })).toHaveProperty('subject');
  });

  it('undoes whatever was done last, in any life', () => {
    let undone = 0;
    fc.assert(
      fc.property(anyLife(START), (steps) => {
        const life = new Life();
        for (const step of steps) {
          const before = fieldsOf(life.view);
          const waits = life.view.pendingUntil;
          const { length } = life.events;
          if (!tried(life, step) || life.events.length === length) continue;
          // It would come back open.
          if (waits !== null && Date.parse(waits) <= life.now) continue;
          const copy = Object.assign(new Life(), life);
          const said =
            step.command instanceof commands.SendPublicReply || step.command instanceof commands.HandOffTicket;
          if (said || refusalOf(() => copy.undo(undefined, step.actor)) !== 'allowed') continue;
          expect(fieldsOf(copy.view)).toEqual(before);
          undone += 1;
        }
      }),
      { numRuns: 1_000 },
    );
    expect(undone).toBeGreaterThan(300);
  });
});

function tried(life: Life, { command, actor, hours }: Step): boolean {
  life.later(hours * HOUR);
  return refusalOf(() => life.do(command, actor)) === 'allowed';
}
