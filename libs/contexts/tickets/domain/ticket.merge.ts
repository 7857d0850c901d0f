import { RevertChange, revertedFields } from './revert-change.js';
import {
  AssignTicket,
  CategoriseTicket,
  CloseTicket,
  HandOffTicket,
  HoldTicket,
  MarkSpam,
  PendTicket,
  PrioritiseTicket,
  RenameTicket,
  ReopenTicket,
  RequestMerge,
  RestoreTicket,
  SendPublicReply,
  SetCustomField,
  SolveTicket,
  SplitTicket,
  TagTicket,
  type TicketCommand,
  TrashTicket,
  UntagTicket,
} from './ticket.commands.js';
import type { TicketEvent } from './ticket.events.js';
import { statusAfter } from './ticket.evolve.js';

type Fields = Readonly<Record<string, unknown>>;

const eachTag = (tags: readonly string[], present: boolean): Fields =>
  Object.fromEntries(tags.map((tag) => [`tag:${tag}`, present] as const));

const movedTo = (messages: readonly string[], ticketId: string): Fields =>
  Object.fromEntries(messages.map((id) => [`message:${id}`, ticketId] as const));

/** Fields that a command sets, with their new values. A restore sets the status to one that only the ticket knows. */
export function sets(command: TicketCommand): Fields {
  // Commands of one shape are one type to the compiler: compare classes, never narrow by exclusion.
  switch (command.constructor) {
    case HoldTicket:
      return { status: 'on_hold' };
    case SolveTicket:
      return { status: 'solved' };
    case ReopenTicket:
      return { status: 'open' };
    case CloseTicket:
      return { status: 'closed' };
    case MarkSpam:
      return { status: 'spam' };
    case TrashTicket:
      return { status: 'trashed' };
    case RestoreTicket:
      return { status: null };
    case RequestMerge:
      return { status: 'merged' };
    default:
      return setsValue(command);
  }
}

function setsValue(command: TicketCommand): Fields {
  if (command instanceof TagTicket || command instanceof UntagTicket) {
    return eachTag(command.tags, command instanceof TagTicket);
  }
  if (command instanceof PendTicket) return { status: 'pending', pendingUntil: command.until };
  if (command instanceof AssignTicket) {
    return {
      ...(command.assigneeId === undefined ? {} : { assigneeId: command.assigneeId }),
      ...(command.teamId === undefined ? {} : { teamId: command.teamId }),
    };
  }
  if (command instanceof SplitTicket) return movedTo(command.off.messages, command.off.into.ticketId);
  if (command instanceof HandOffTicket) return { assigneeId: command.assigneeId };
  if (command instanceof RenameTicket) return { subject: command.subject };
  if (command instanceof PrioritiseTicket) return { priority: command.priority };
  if (command instanceof CategoriseTicket) {
    return { category: command.category, subcategory: command.subcategory };
  }
  if (command instanceof RevertChange) return revertedFields(command.back);
  if (command instanceof SetCustomField) return { [`field:${command.field}`]: command.value };
  if (command instanceof SendPublicReply && command.then) {
    return { status: command.then instanceof SolveTicket ? 'solved' : 'pending' };
  }
  return {};
}

/** Fields that an event changed, with their new values, in the words of `sets`. */
export function changes(event: TicketEvent): Fields {
  const status = statusAfter(event);
  return status === undefined ? changedValues(event) : { ...changedValues(event), status };
}

function changedValues(event: TicketEvent): Fields {
  switch (event.type) {
    case 'TicketPended':
    case 'TicketRestored':
    case 'StatusReverted':
    case 'Unmerged':
      return { pendingUntil: event.data.until };
    case 'TicketAssigned': {
      const { assigneeId, teamId, from } = event.data;
      return {
        ...(assigneeId === from.assigneeId ? {} : { assigneeId }),
        ...(teamId === from.teamId ? {} : { teamId }),
      };
    }
    case 'TicketSplit':
      return movedTo(event.data.messages, event.data.into.ticketId);
    case 'Released':
      return movedTo(event.data.messages, event.data.source.ticketId);
    case 'TicketHandedOff':
      return { assigneeId: event.data.assigneeId };
    case 'TicketRenamed':
      return { subject: event.data.subject };
    case 'TicketPrioritised':
      return { priority: event.data.priority };
    case 'TicketCategorised':
      return { category: event.data.category, subcategory: event.data.subcategory };
    case 'TicketTagged':
      return eachTag(event.data.tags, true);
    case 'TicketUntagged':
      return eachTag(event.data.tags, false);
    case 'CustomFieldSet':
      return { [`field:${event.data.field}`]: event.data.value };
    case 'ImportRecorded':
      return event.data.changed;
    default:
      return {};
  }
}
