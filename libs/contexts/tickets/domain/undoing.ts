import { type Actor, actorOf, DomainError, type Recorded } from '@ledgerdesk/kernel';
import { type FormerValues, RevertChange } from './revert-change.js';
import { readable, ticketView } from './ticket-view.fold.js';
import type { TicketView } from './ticket-view.js';
import type { TicketEvent } from './ticket.events.js';
import { evolve } from './ticket.evolve.js';
import type { FieldValue, Ticket } from './ticket.js';
import { changes } from './ticket.merge.js';

type Events = readonly Recorded<TicketEvent>[];

const MINUTE = 60_000;
/** For how long a change can be taken back, in milliseconds: one's own, and somebody else's. */
export const UNDO_WINDOW = { own: 24 * 60 * MINUTE, others: 10 * MINUTE } as const;

const REVERSIBLE: ReadonlySet<TicketEvent['type']> = new Set([
  'TicketAssigned',
  'TicketHandedOff',
  'TicketRenamed',
  'TicketPrioritised',
  'TicketCategorised',
  'TicketTagged',
  'TicketUntagged',
  'CustomFieldSet',
  'WorkStarted',
  'TicketPended',
  'TicketHeld',
  'TicketSolved',
  'TicketReopened',
  'TicketMarkedSpam',
  'TicketTrashed',
  'TicketRestored',
  'StatusReverted',
]);
/** What was said stays said; only what was set with it is taken back. */
const SAID: ReadonlySet<TicketEvent['type']> = new Set(['PublicReplySent', 'NoteAdded', 'TicketHandedOff']);

export interface Undoing {
  readonly command: RevertChange;
  /** Who changed one of these fields after this version has decided about it: they win. */
  readonly basedOn: number;
  /** Last event of what is taken back. */
  readonly eventId: string;
}

/**
 * How to take back the change that led to a version: everything that its command has set.
 * @param events all events of the ticket, readable
 * @throws DomainError `undo.no-such-change`, `undo.not-possible`, `undo.too-late`
 */
export function undoing(
  events: Events,
  version: number,
  who: { readonly actor: Actor; readonly now: number },
): Undoing {
  const chosen = events[version];
  if (!chosen) throw new DomainError('not-found', 'undo.no-such-change', 'The ticket has no such version.');
  const set = events.filter(({ metadata }) => metadata.commandId === chosen.metadata.commandId);
  refuseUnlessReversible(set);
  refuseTooLate(chosen, who);
  const [first = chosen] = set;
  const last = set.at(-1) ?? chosen;
  const before = events.slice(0, first.revision);
  const now = stateAfter(events);
  const back = different(formerValues(set, before, events), ticketView(events));
  return { command: new RevertChange(now.id, back, now.messages), basedOn: last.revision, eventId: last.id };
}

function refuseUnlessReversible(set: Events): void {
  const desk = set.every(({ metadata }) => {
    const { kind } = actorOf(metadata.actor);
    return metadata.imported !== 'true' && (kind === 'member' || kind === 'key');
  });
  const known = set.every(({ type }) => REVERSIBLE.has(type) || SAID.has(type));
  if (desk && known && setsSomething(set)) return;
  throw new DomainError('conflict', 'undo.not-possible', 'This can not be undone.');
}

/** Work that began with something said has begun: the ticket does not become new again. */
function setsSomething(set: Events): boolean {
  const said = set.some(({ type }) => SAID.has(type));
  return set.some(({ type }) => REVERSIBLE.has(type) && !(said && type === 'WorkStarted'));
}

function refuseTooLate({ metadata }: Recorded<TicketEvent>, { actor, now }: { actor: Actor; now: number }): void {
  const window = metadata.actor === actor ? UNDO_WINDOW.own : UNDO_WINDOW.others;
  if (now - Date.parse(metadata.recordedAt) <= window) return;
  throw new DomainError(
    'conflict',
    'undo.too-late',
    'A change can be undone for 24 hours by who made it, and for 10 minutes by others.',
  );
}

function stateAfter(events: Events): Ticket {
  const ticket = events.reduce<Ticket | null>((state, event) => evolve(state, event, event.metadata), null);
  if (!ticket) throw new DomainError('not-found', 'undo.no-such-change', 'The ticket has no such version.');
  return ticket;
}

function formerValues(set: Events, before: Events, events: Events): FormerValues {
  const view = ticketView(before);
  if (!view) throw new DomainError('conflict', 'undo.not-possible', 'The opening of a ticket can not be undone.');
  const said = set.some(({ type }) => SAID.has(type));
  const names = set
    .filter(({ type }) => !(said && type === 'WorkStarted'))
    .flatMap((event) => Object.keys(changes(event)));
  const has = (name: string): boolean => names.includes(name);
  const tags = partsOf(names, 'tag:').map((tag) => [tag, view.tags.includes(tag)] as const);
  const fields = partsOf(names, 'field:').map((field) => [field, fieldOf(view, field)] as const);
  return {
    ...(has('status') && { status: formerStatus(view, stateAfter(before), said, without(set, events)) }),
    ...(has('assigneeId') && { assigneeId: view.assigneeId }),
    ...(has('teamId') && { teamId: view.teamId }),
    ...((has('assigneeId') || has('teamId')) && { reason: view.assignmentReason }),
    ...(has('priority') && { priority: view.priority }),
    ...(has('category') && { category: view.category, subcategory: view.subcategory }),
    ...(has('subject') && { subject: formerSubject(before) }),
    ...(tags.length > 0 && { tags: Object.fromEntries(tags) }),
    ...(fields.length > 0 && { fields: Object.fromEntries(fields) }),
  };
}

/** Who waits for an answer, and since when, is what it would be if the change had never been made. */
function formerStatus(
  view: TicketView,
  { reopenUntil, closeAt }: Ticket,
  said: boolean,
  otherwise: TicketView | undefined,
): FormerValues['status'] {
  return {
    status: view.status === 'new' && said ? 'open' : view.status,
    until: view.pendingUntil,
    reopenUntil: instant(reopenUntil),
    closeAt: instant(closeAt),
    solvedAt: view.solvedAt,
    waitingSince: otherwise?.waitingSince ?? null,
  };
}

function without(set: Events, events: Events): TicketView | undefined {
  return ticketView(events.filter((event) => !set.includes(event) || SAID.has(event.type)));
}

function formerSubject(before: Events): string {
  const named = before.findLast(({ type }) => type === 'TicketRenamed' || type === 'TicketOpened');
  const subject = named && 'subject' in named.data ? readable(named.data.subject) : null;
  if (subject !== null) return subject;
  throw new DomainError('conflict', 'undo.not-possible', 'The former subject was erased.');
}

/** Only what differs from the ticket as it is: a decision can not compare texts, because they are sealed. */
function different(back: FormerValues, view: TicketView | undefined): FormerValues {
  const { subject, fields, ...rest } = back;
  const changed = Object.entries(fields ?? {}).filter(([field, value]) => fieldOf(view, field) !== value);
  return {
    ...rest,
    ...(subject !== undefined && subject !== view?.subject && { subject }),
    ...(changed.length > 0 && { fields: Object.fromEntries(changed) }),
  };
}

function fieldOf(view: TicketView | undefined, field: string): FieldValue | null {
  return view && Object.hasOwn(view.customFields, field) ? (view.customFields[field] ?? null) : null;
}

function partsOf(names: readonly string[], prefix: string): readonly string[] {
  return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}

function instant(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}
