import fc from 'fast-check';
import type { Actor } from '@ledgerdesk/kernel';
import * as commands from './ticket.commands.js';
import { POLICY, TICKET } from './ticket-stories.fixture.js';
import { LINK_RELATIONS, TICKET_PRIORITIES } from './ticket.js';

const id = fc.constantFrom('m1', 'm2', 'm3');
const idOrNone = fc.option(id);
const text = fc.constantFrom('It burns.', 'Still.', 'Müller says: ok');
const tags = fc.uniqueArray(fc.constantFrom('vip', 'fire', 'Late', 'x y'), { minLength: 1 });
const fieldValue = fc.oneof(
  fc.integer({ min: 0, max: 2 }),
  fc.boolean(),
  fc.constantFrom('blue', ''),
  fc.constant(null),
);
const relation = fc.constantFrom(...LINK_RELATIONS);
const status = fc.constantFrom('new', 'open', 'pending', 'on_hold', 'solved', 'closed');

/** Any command but the one that opens a ticket. `now` is where instants to wait for are counted from. */
export function anyCommand(now: number): fc.Arbitrary<commands.TicketCommand> {
  const until = fc.option(
    fc.integer({ min: -5, max: 60 }).map((days) => new Date(now + days * 86_400_000).toISOString()),
  );
  return fc.oneof(
    text.map((body) => new commands.ReceiveCustomerMessage(TICKET, body)),
    fc
      .tuple(
        text,
        fc.constantFrom(new commands.SolveTicket(TICKET, POLICY), new commands.PendTicket(TICKET), undefined),
      )
      .map(([body, then]) => new commands.SendPublicReply(TICKET, body, then)),
    text.map((body) => new commands.AddNote(TICKET, body)),
    fc.tuple(idOrNone, idOrNone).map(([member, team]) => new commands.AssignTicket(TICKET, member, team, 'because')),
    text.map((subject) => new commands.RenameTicket(TICKET, subject)),
    fc.constantFrom(...TICKET_PRIORITIES).map((priority) => new commands.PrioritiseTicket(TICKET, priority)),
    fc
      .option(fc.constantFrom('Hardware', 'Network'))
      .map((category) => new commands.CategoriseTicket(TICKET, category)),
    tags.map((given) => new commands.TagTicket(TICKET, given)),
    tags.map((given) => new commands.UntagTicket(TICKET, given)),
    fc
      .tuple(fc.constantFrom('floor', 'colour', 'constructor'), fieldValue)
      .map(([field, value]) => new commands.SetCustomField(TICKET, field, value)),
    fc.constant(new commands.SolveTicket(TICKET, POLICY)),
    until.map((instant) => new commands.PendTicket(TICKET, instant)),
    fc
      .constantFrom(
        commands.HoldTicket,
        commands.ReopenTicket,
        commands.CloseTicket,
        commands.MarkSpam,
        commands.TrashTicket,
        commands.RestoreTicket,
        commands.WakeTicket,
      )
      .map((Command) => new Command(TICKET)),
    fc
      .tuple(text, id)
      .map(([done, assigneeId]) => new commands.HandOffTicket(TICKET, { done, next: 'Visit.', assigneeId })),
    fc.tuple(id, relation).map(([other, kind]) => new commands.LinkTicket(TICKET, other, kind)),
    fc.tuple(id, relation).map(([other, kind]) => new commands.UnlinkTicket(TICKET, other, kind)),
    fc
      .tuple(status, fc.constantFrom(...TICKET_PRIORITIES), idOrNone)
      .map(([state, priority, teamId]) => new commands.RecordImported(TICKET, { status: state, priority, teamId })),
  );
}

/** Who does it and how many hours later. */
export interface Step {
  readonly command: commands.TicketCommand;
  readonly actor: Actor;
  readonly hours: number;
}

/** A life of a ticket: what is tried on it, by whom, and when. */
export function anyLife(start: number): fc.Arbitrary<readonly Step[]> {
  const actor = fc.constantFrom<Actor>('member:m1', 'customer:c1', 'key:k1', 'system:timer');
  const hours = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 300 }));
  return fc.array(fc.record({ command: anyCommand(start), actor, hours }), { maxLength: 40 });
}
