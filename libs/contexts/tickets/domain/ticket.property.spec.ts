import fc from 'fast-check';
import { DomainError, ERASED, fold, Personal, type Recorded } from '@ledgerdesk/kernel';
import { anyLife, type Step } from './ticket-commands.fixture.js';
import { opened, recorded } from './ticket-stories.fixture.js';
import { evolveView, summaryOf, ticketView } from './ticket-view.fold.js';
import * as commands from './ticket.commands.js';
import { ticketDecider } from './ticket.decider.js';
import type { TicketEvent } from './ticket.events.js';
import { isFinal, isRemoved, type Ticket } from './ticket.js';
import type { TicketView } from './ticket-view.js';
import { timelineEntry } from './timeline-entry.js';

const START = Date.parse('2026-03-02T12:00:00.000Z');

interface Moment {
  readonly step: Step;
  readonly before: Ticket;
  readonly after: Ticket;
  readonly events: readonly Recorded<TicketEvent>[];
  readonly now: number;
}

/** Tries every step; refusals leave no trace. */
function live(steps: readonly Step[]): {
  readonly events: readonly Recorded<TicketEvent>[];
  readonly moments: readonly Moment[];
} {
  const events: Recorded<TicketEvent>[] = [...recorded([opened({ tags: ['vip'], customFields: { floor: 1 } })])];
  const moments: Moment[] = [];
  let state = known(fold(ticketDecider, events));
  let now = START;
  for (const step of steps) {
    now += step.hours * 3_600_000;
    const decided = attempt(step, state, now);
    if (decided === undefined) continue;
    const from = new Date(now).toISOString();
    const told = recorded(decided, { from, firstRevision: events.length, actor: step.actor });
    const before = state;
    state = known(
      told.reduce<Ticket | null>((ticket, event) => ticketDecider.evolve(ticket, event, event.metadata), state),
    );
    events.push(...told);
    moments.push({ step, before, after: state, events: told, now });
  }
  return { events, moments };
}

function known(ticket: Ticket | null): Ticket {
  if (!ticket) throw new Error('The ticket has been opened.');
  return ticket;
}

function attempt({ command, actor }: Step, state: Ticket, now: number): readonly TicketEvent[] | undefined {
  try {
    return ticketDecider.decide(command, state, { actor, now });
  } catch (error) {
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toMatchObject({ code: expect.stringMatching(/^ticket\.[a-z-]+$/) as string });
    return undefined;
  }
}

const ADDS = [commands.ReceiveCustomerMessage, commands.SendPublicReply, commands.AddNote, commands.HandOffTicket];

function everyMoment(check: (moment: Moment) => void): void {
  fc.assert(
    fc.property(anyLife(START), (steps) => {
      live(steps).moments.forEach(check);
    }),
    { numRuns: 300 },
  );
}

describe('any life of a ticket', () => {
  it('keeps the live state equal to the refolded one, from readable and from sealed events', () => {
    fc.assert(
      fc.property(anyLife(START), (steps) => {
        const { events, moments } = live(steps);
        const last = moments.at(-1)?.after ?? fold(ticketDecider, events.slice(0, 1));
        expect(fold(ticketDecider, events)).toEqual(last);
        expect(fold(ticketDecider, events.map(sealed))).toEqual(last);
      }),
      { numRuns: 300 },
    );
  });

  it('never leaves a final status, except by history of another system', () => {
    everyMoment(({ step, before, after, events }) => {
      if (!isFinal(before.status) || step.command instanceof commands.RecordImported) return;
      expect(after).toEqual(before);
      expect(events).toEqual([]);
    });
  });

  it('is quiet when a command that sets something is repeated', () => {
    everyMoment(({ step, after, now }) => {
      if (ADDS.some((Adds) => step.command instanceof Adds) || setsText(step.command)) return;
      const again = attempt(step, after, now);
      if (again !== undefined) expect(again).toEqual([]);
    });
  });

  it('is never new any more once the desk has done something', () => {
    everyMoment(({ step, after, events }) => {
      if (events.length === 0 || step.command instanceof commands.RecordImported) return;
      if (/^(?:member|key):/.test(step.actor) && !(step.command instanceof commands.ReceiveCustomerMessage)) {
        if (!(step.command instanceof commands.RestoreTicket)) expect(after.status).not.toBe('new');
      }
    });
  });

  it('remembers where a removed ticket came from, and waits for something only while pending or removed', () => {
    everyMoment(({ after }) => {
      expect(after.formerStatus !== null).toBe(isRemoved(after.status));
      expect(after.removedAt !== null).toBe(isRemoved(after.status));
      if (after.pendingUntil !== null) expect(['pending', 'spam', 'trashed']).toContain(after.status);
      if (after.closeAt !== null) expect(['solved', 'spam', 'trashed']).toContain(after.status);
    });
  });

  it('tells by its events what they changed, in the words of the commands', () => {
    everyMoment(({ step, events, after }) => {
      const wanted = ticketDecider.sets?.(step.command) ?? {};
      const changed: Record<string, unknown> = Object.assign(
        {},
        ...events.map((event) => ticketDecider.changes?.(event) ?? {}),
      );
      if (events.length === 0) return;
      if ('status' in wanted && wanted.status !== null && 'status' in changed) {
        expect(changed.status).toBe(wanted.status);
      }
      for (const name of ['assigneeId', 'teamId', 'priority', 'category'] as const) {
        if (name in changed && name in wanted)
          expect([wanted[name], after[name]]).toEqual([changed[name], changed[name]]);
      }
    });
  });

  it('shows the same view event by event as at once, as plain JSON that agrees with the rules', () => {
    fc.assert(
      fc.property(anyLife(START), (steps) => {
        const { events, moments } = live(steps);
        let view = events.slice(0, 1).reduce<TicketView | undefined>(evolveView, undefined);
        for (const event of events.slice(1)) {
          // Through JSON each time, as the read model does it.
          view = evolveView(JSON.parse(JSON.stringify(view)) as typeof view, event);
        }
        expect(view).toEqual(ticketView(events));
        expect(JSON.parse(JSON.stringify(view))).toEqual(view);
        const state = moments.at(-1)?.after;
        if (!view || !state) return;
        const { status, assigneeId, teamId, priority, category, subcategory, tags, links } = state;
        expect(view).toMatchObject({ status, assigneeId, teamId, priority, category, subcategory, tags, links });
        expect(Object.keys(view.customFields).sort()).toEqual(Object.keys(state.fields).sort());
        expect(view.pendingUntil === null ? null : Date.parse(view.pendingUntil)).toBe(state.pendingUntil);
        expect(view.version).toBe(events.length - 1);
        expect(view).toMatchObject(summaryOf(view));
      }),
      { numRuns: 300 },
    );
  });

  it('shows one line per event, and nothing that was erased', () => {
    fc.assert(
      fc.property(anyLife(START), (steps) => {
        const { events } = live(steps);
        for (const event of events) {
          const entry = timelineEntry(event, 't1');
          expect(JSON.parse(JSON.stringify(entry))).toEqual(entry);
          expect(entry).toMatchObject({ id: event.id, revision: event.revision, type: event.type });
          expect(JSON.stringify(timelineEntry(erased(event), 't1'))).not.toMatch(
            /burns|Still|Müller|blue|because|Visit/,
          );
        }
        const gone = ticketView(events.map(erased));
        expect(gone?.erased).toBe(true);
        expect(JSON.stringify(gone)).not.toMatch(/burns|Still|Müller|blue|because|Ada/);
      }),
      { numRuns: 100 },
    );
  });
});

function setsText(command: commands.TicketCommand): boolean {
  if (command instanceof commands.RenameTicket) return true;
  return command instanceof commands.SetCustomField && typeof command.value === 'string';
}

/** As the ledger holds it, for those who can not open it. */
function sealed(event: Recorded<TicketEvent>): Recorded<TicketEvent> {
  return withTexts(event, (text) => ({ keyId: text.keyId, nonce: 'n', ciphertext: 'c' }));
}

function erased(event: Recorded<TicketEvent>): Recorded<TicketEvent> {
  return withTexts(event, (text) => new Personal(text.keyId, ERASED));
}

function withTexts(value: Recorded<TicketEvent>, change: (text: Personal) => unknown): Recorded<TicketEvent> {
  const walk = (part: unknown): unknown => {
    if (part instanceof Personal) return change(part);
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, walk(inner)] as const));
  };
  return { ...value, data: walk(value.data) } as Recorded<TicketEvent>;
}
