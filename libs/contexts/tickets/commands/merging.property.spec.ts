import fc from 'fast-check';
import { IssuedBy } from '@ledgerdesk/event-store';
import type { Effect, Reaction } from '@ledgerdesk/jobs';
import { DomainError, nameId, type Recorded } from '@ledgerdesk/kernel';
import { AbsorbTicket, ReceiveCustomerMessage, RefuseMerge, RequestMerge } from '../domain/ticket.commands.js';
import type { TicketEvent } from '../domain/ticket.events.js';
import { newestFirst, ticketStory } from '../domain/ticket-story.js';
import { WORKSPACE } from '../domain/ticket-stories.fixture.js';
import { groupOf, unionWaitingSince } from '../domain/ticket-union.js';
import { ticketView } from '../domain/ticket-view.fold.js';
import type { TimelineEntry } from '../domain/ticket-view.js';
import type { Ticket } from '../domain/ticket.js';
import { timeline } from '../read-models/timeline.projection.js';
import type { TimelineRow } from '../read-models/timeline.entity.js';
import { finishMerge, finishSplit, finishUnmerge } from '../reactions/finish-merging.js';
import { DeliverMessage } from './deliver-message.js';
import {
  FinishMerge,
  FinishMergeHandler,
  FinishSplit,
  FinishSplitHandler,
  FinishUnmerge,
  FinishUnmergeHandler,
} from './finish-handlers.js';
import { Merges } from './merges.js';
import { Splits } from './splits.js';
import { Stopped, TicketsInMemory } from './tickets-in-memory.fixture.js';
import { Unmerges } from './unmerges.js';

const TICKETS = ['a', 'b', 'c', 'd'] as const;

type Deed =
  | { readonly kind: 'merge'; readonly from: string; readonly into: string }
  | { readonly kind: 'unmerge' | 'message'; readonly on: string }
  | { readonly kind: 'split'; readonly on: string; readonly nth: number }
  | { readonly kind: 'reactions' };

interface Step {
  readonly deed: Deed;
  /** Appends after which the process is stopped. */
  readonly appends: number;
}

const ticket = fc.constantFrom(...TICKETS);
const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('merge' as const), from: ticket, into: ticket }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('unmerge' as const), on: ticket }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('message' as const), on: ticket }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('split' as const), on: ticket, nth: fc.nat({ max: 3 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'reactions' as const }) },
);
const anyLife = fc.array(fc.record({ deed: anyDeed, appends: fc.oneof(fc.constant(Infinity), fc.nat({ max: 2 })) }), {
  maxLength: 25,
});

/** A desk in memory, whose processes are stopped now and then and tried again. */
class Desk {
  readonly tickets = new TicketsInMemory();
  readonly merges = new Merges(this.tickets);
  readonly unmerges = new Unmerges(this.tickets);
  readonly splits = new Splits(this.tickets);
  readonly delivery = new DeliverMessage(this.tickets, this.merges, this.unmerges);
  readonly acknowledged: string[] = [];
  readonly sent: string[] = [];
  #deeds = 0;
  #splits = 0;

  constructor() {
    TICKETS.forEach((id, index) => {
      this.tickets.open(id, index + 1, `person-${String(index % 2)}`);
    });
  }

  async do({ deed, appends }: Step): Promise<void> {
    this.#deeds += 1;
    this.tickets.appendsLeft = appends;
    try {
      await this.#carryOut(deed, `deed-${String(this.#deeds)}`);
    } catch (error) {
      if (!(error instanceof Stopped) && !(error instanceof DomainError)) throw error;
    }
    this.tickets.appendsLeft = Infinity;
  }

  async #carryOut(deed: Deed, id: string): Promise<void> {
    const context = this.tickets.context(id);
    switch (deed.kind) {
      case 'merge':
        await this.merges.merge({ sourceId: deed.from, targetId: deed.into, confirmed: true }, context);
        return;
      case 'unmerge':
        await this.unmerges.unmerge(deed.on, context);
        return;
      case 'message':
        this.sent.push(id);
        await this.delivery.deliver(new ReceiveCustomerMessage(deed.on, id), context);
        this.acknowledged.push(id);
        return;
      case 'split': {
        const own = this.tickets.eventsOf(deed.on).filter(({ type }) => type === 'CustomerMessageReceived');
        const chosen = own[deed.nth];
        if (!chosen) return;
        this.#splits += 1;
        const number = 100 + this.#splits;
        const prepare = (): Promise<{ number: number; requester: undefined }> =>
          Promise.resolve({ number, requester: undefined });
        const intoId = `split-${String(number)}`;
        await this.splits.split(
          { ticketId: deed.on, intoId, messages: [chosen.id], subject: undefined, prepare },
          context,
        );
        return;
      }
      case 'reactions':
        await this.react();
    }
  }

  /** Performs every effect of the log so far, also those that somebody else made needless. */
  async react(): Promise<void> {
    for (const event of [...this.tickets.log]) {
      for (const reaction of [finishMerge, finishUnmerge, finishSplit]) {
        for (const change of reaction.effectsOf(event)) {
          if (change.kind === 'perform') await this.#perform(reaction, event, change.subject);
        }
      }
    }
  }

  async #perform(reaction: Reaction, event: Recorded, subject: string): Promise<void> {
    const effect = { ...event, reaction: reaction.name, eventId: event.id, subject } as unknown as Effect;
    const context = this.tickets.context(nameId('reaction', reaction.name, event.id));
    await reaction
      .perform(effect, {
        issue: async (command) => {
          new IssuedBy(context).attachTo(command);
          if (command instanceof FinishMerge) await new FinishMergeHandler(this.merges, this.tickets).execute(command);
          if (command instanceof FinishUnmerge) await new FinishUnmergeHandler(this.unmerges).execute(command);
          if (command instanceof FinishSplit) await new FinishSplitHandler(this.splits).execute(command);
        },
      })
      .catch((error: unknown) => {
        if (!(error instanceof DomainError)) throw error;
      });
  }

  async all(): Promise<readonly Ticket[]> {
    const ids = new Set(this.tickets.log.map(({ stream }) => stream.slice(stream.indexOf('_') + 1)));
    return Promise.all([...ids].map(async (id) => (await this.tickets.of({ workspaceId: WORKSPACE }, id)).ticket));
  }

  story(ticketId: string, until = Infinity): Promise<readonly TimelineEntry[]> {
    return ticketStory(ticketId, (id) =>
      Promise.resolve(this.tickets.eventsOf(id).filter(({ position }) => Number(position) <= until)),
    );
  }

  /** The same from the read model, found as the query finds it. */
  stored(ticketId: string, until = Infinity): readonly TimelineEntry[] {
    const rows = new Map<string, TimelineRow>();
    for (const event of this.tickets.log.slice(0, until)) {
      for (const key of timeline.keysOf(event)) {
        const row = timeline.apply(rows.get(key), event, key);
        if (row) rows.set(key, row);
      }
    }
    const own = this.tickets.eventsOf(ticketId).filter(({ position }) => Number(position) <= until);
    const shown = [ticketId, ...(ticketView(own)?.mergedTickets ?? []).map((merged) => merged.ticketId)];
    return [...rows.values()]
      .filter((row) => shown.includes(row.ticketId) || shown.includes(row.movedTo ?? ''))
      .map(({ entry }) => JSON.parse(entry) as TimelineEntry)
      .sort(newestFirst);
  }
}

async function lived(steps: readonly Step[]): Promise<Desk> {
  const desk = new Desk();
  for (const step of steps) await desk.do(step);
  await desk.react();
  // What the reactions appended has effects of its own.
  await desk.react();
  return desk;
}

function bodies(log: readonly Recorded<TicketEvent>[]): readonly unknown[] {
  return log.flatMap((event) => (event.type === 'CustomerMessageReceived' ? [event.data.body.text] : []));
}

function everyLife(check: (desk: Desk) => Promise<void>): Promise<void> {
  return fc.assert(
    fc.asyncProperty(anyLife, async (steps) => {
      await check(await lived(steps));
    }),
    { numRuns: 400 },
  );
}

it('K3 gives back what a target took for a merge that somebody else had refused meanwhile', async () => {
  const desk = new Desk();
  const { tickets } = desk;
  const target = { ticketId: 'b', number: 2, customerId: 'person-1' };
  tickets.decide(new RequestMerge('a', 'x', target, true), tickets.context('x'));
  const { ticket: source } = await tickets.of({ workspaceId: WORKSPACE }, 'a');
  tickets.decide(new RefuseMerge('a', 'x', 'ticket.target-trashed'), tickets.context('one'));
  const absorption = { mergeId: 'x', group: groupOf(source), messages: 1, notes: 0, waitingSince: null };
  tickets.decide(new AbsorbTicket('b', absorption), tickets.context('other'));
  await desk.react();
  expect((await tickets.of({ workspaceId: WORKSPACE }, 'b')).ticket.absorbed).toEqual([]);
  expect((await tickets.of({ workspaceId: WORKSPACE }, 'a')).ticket).toMatchObject({
    status: 'new',
    merging: null,
    mergedInto: null,
  });
  expect((await desk.story('b')).map(({ ticketId }) => ticketId)).not.toContain('a');
});

describe('tickets that are merged, unmerged and split, with processes stopped anywhere', () => {
  it('K3 end every merge: source and target say the same, and nobody merges in a circle', async () => {
    await everyLife(async (desk) => {
      const tickets = await desk.all();
      const of = (id: string): Ticket | undefined => tickets.find((one) => one.id === id);
      for (const one of tickets) {
        expect(one.merging).toBeNull();
        if (one.mergedInto) {
          const target = of(one.mergedInto.target.ticketId);
          expect(target?.absorbed.map(({ mergeId }) => mergeId)).toContain(one.mergedInto.mergeId);
        }
        for (const { mergeId, group } of one.absorbed) {
          expect(of(group[0]?.ticketId ?? '')?.mergedInto?.mergeId).toBe(mergeId);
        }
        let end: Ticket | undefined = one;
        for (let step = 0; end?.mergedInto; step += 1) {
          expect(step).toBeLessThan(tickets.length);
          end = of(end.mergedInto.target.ticketId);
        }
      }
    });
  });

  it('lose no message that was acknowledged and double none', async () => {
    await everyLife(async (desk) => {
      const stored = bodies(desk.tickets.log);
      expect(new Set(stored).size).toBe(stored.length);
      for (const text of desk.acknowledged) expect(stored).toContain(text);
      for (const text of stored) expect(desk.sent).toContain(text);
      const roots = (await desk.all()).filter(({ mergedInto }) => mergedInto === null);
      const live = (await Promise.all(roots.map(async ({ id }) => liveMessages(desk, id)))).flat();
      expect([...live].sort()).toEqual([...(stored as string[]), ...TICKETS.map((id) => `${id} begins`)].sort());
    });
  });

  it('show the same story from the ledger and from the read model, at every moment', async () => {
    await everyLife(async (desk) => {
      const moments = [desk.tickets.log.length, Math.floor(desk.tickets.log.length / 2)];
      for (const { id } of await desk.all()) {
        for (const until of moments) expect(desk.stored(id, until)).toEqual(await desk.story(id, until));
      }
    });
  });

  it('count in the view what the story shows, and wait as long as the rules say', async () => {
    await everyLife(async (desk) => {
      for (const one of await desk.all()) {
        const view = ticketView(desk.tickets.eventsOf(one.id));
        expect([one.id, view?.messageCount]).toEqual([one.id, one.conversation.messages]);
        if (one.mergedInto) continue;
        expect([one.id, view?.messageCount]).toEqual([one.id, (await liveMessages(desk, one.id)).length]);
        expect(view?.waitingSince == null ? null : Date.parse(view.waitingSince)).toBe(unionWaitingSince(one));
      }
    });
  });
});

/** The messages that a ticket shows and that have not moved on to one that it does not show. */
async function liveMessages(desk: Desk, ticketId: string): Promise<readonly (string | null)[]> {
  const view = ticketView(desk.tickets.eventsOf(ticketId));
  const shown = [ticketId, ...(view?.mergedTickets ?? []).map((merged) => merged.ticketId)];
  return (await desk.story(ticketId))
    .filter(({ kind, movedTo }) => kind === 'customer_message' && (!movedTo || shown.includes(movedTo.ticketId)))
    .map(({ text }) => text);
}
