import { type Decider, type DecisionContext, DomainError } from '@ledgerdesk/kernel';
import * as fields from './decide-fields.js';
import * as merges from './decide-merge.js';
import * as messages from './decide-messages.js';
import { revert } from './decide-revert.js';
import * as splits from './decide-split.js';
import * as statuses from './decide-status.js';
import * as unmerges from './decide-unmerge.js';
import type * as commands from './ticket.commands.js';
import { OpenSplitTicket, OpenTicket, type TicketCommand } from './ticket.commands.js';
import type { TicketEvent } from './ticket.events.js';
import { evolve } from './ticket.evolve.js';
import type { Ticket } from './ticket.js';
import { changes, sets } from './ticket.merge.js';

type Decide<Command> = (command: Command, ticket: Ticket, context: DecisionContext) => readonly TicketEvent[];
type Commands = Omit<typeof commands, 'OpenTicket' | 'OpenSplitTicket'>;

/** One function for each command: a command without one does not compile. */
const decisions: { readonly [Name in keyof Commands]: Decide<InstanceType<Commands[Name]>> } = {
  ReceiveCustomerMessage: messages.receiveMessage,
  SendPublicReply: messages.sendReply,
  AddNote: messages.addNote,
  HandOffTicket: messages.handOff,
  AssignTicket: fields.assign,
  RenameTicket: fields.rename,
  PrioritiseTicket: fields.prioritise,
  CategoriseTicket: fields.categorise,
  TagTicket: fields.tag,
  UntagTicket: fields.untag,
  SetCustomField: fields.setField,
  LinkTicket: fields.link,
  UnlinkTicket: fields.unlink,
  RecordImported: fields.recordImported,
  PendTicket: statuses.pend,
  HoldTicket: statuses.hold,
  SolveTicket: statuses.solve,
  ReopenTicket: statuses.reopen,
  CloseTicket: statuses.close,
  MarkSpam: statuses.markSpam,
  TrashTicket: statuses.trash,
  RestoreTicket: statuses.restore,
  WakeTicket: statuses.wake,
  RevertChange: revert,
  EraseTicketTexts: fields.eraseTexts,
  RequestMerge: merges.requestMerge,
  AbsorbTicket: merges.absorb,
  CompleteMerge: merges.completeMerge,
  RefuseMerge: merges.refuseMerge,
  ReleaseTicket: unmerges.release,
  CompleteUnmerge: unmerges.completeUnmerge,
  SplitTicket: splits.split,
};

/** Everything that can happen to a ticket. The state is null until it has been opened. */
export const ticketDecider: Decider<TicketCommand, Ticket | null, TicketEvent> = {
  category: 'ticket',
  initial: null,
  target: (command) => command.ticketId,
  decide(command, ticket, context) {
    if (command instanceof OpenTicket || command instanceof OpenSplitTicket) {
      if (ticket !== null) throw new DomainError('conflict', 'ticket.exists', 'This ticket has been opened before.');
      return command instanceof OpenTicket ? messages.open(command) : splits.openSplit(command);
    }
    if (ticket === null) throw new DomainError('not-found', 'ticket.not-found', 'There is no such ticket.');
    const decide = decisions[command.constructor.name as keyof Commands] as Decide<TicketCommand>;
    return decide(command, ticket, context);
  },
  evolve,
  sets,
  changes,
};
