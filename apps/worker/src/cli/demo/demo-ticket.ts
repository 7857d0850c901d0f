import {
  AddNote,
  AssignTicket,
  CloseTicket,
  HandOffTicket,
  HoldTicket,
  MarkSpam,
  PendTicket,
  PrioritiseTicket,
  ReceiveCustomerMessage,
  SendPublicReply,
  SolveTicket,
  type TicketChannel,
  type TicketCommand,
  type TicketPriority,
  TrashTicket,
} from '@ledgerdesk/tickets';
import { DEFAULT_POLICY } from '@ledgerdesk/workspaces';

/** A customer of the demo. */
export interface DemoCustomer {
  readonly name: string;
  readonly email: string;
}

/** Members of the demo workspace by the part of their address before the @. */
export type DemoMember = 'supervisor' | 'agent' | 'light' | 'daniel' | 'aiko' | 'samir';
export type DemoTeamName = 'Front desk' | 'Billing' | 'Technical support';

/** Ids that a step may need; they are known when the demo is made. */
export interface DemoIds {
  member(member: DemoMember): string;
  team(team: DemoTeamName): string;
  /** An instant so many hours after the demo is made. */
  inHours(hours: number): string;
}

/** Something that happened in a ticket. */
export interface DemoStep {
  /** Minutes since the ticket was opened. */
  readonly minute: number;
  readonly by: DemoMember | 'customer';
  readonly command: (ticketId: string, ids: DemoIds) => TicketCommand;
}

export interface DemoTicket {
  /** Fixed for good: the ticket's id is made of it. */
  readonly key: string;
  readonly from: DemoCustomer;
  /** Hours before the demo is made. */
  readonly hoursAgo: number;
  readonly subject: string;
  readonly body: string;
  readonly channel?: TicketChannel;
  readonly priority?: TicketPriority;
  readonly category?: string;
  readonly tags?: readonly string[];
  readonly steps?: readonly DemoStep[];
}

const after = {
  pending: (id: string) => new PendTicket(id),
  solved: (id: string) => new SolveTicket(id, DEFAULT_POLICY),
};

const bare = {
  hold: (id: string) => new HoldTicket(id),
  solve: after.solved,
  close: (id: string) => new CloseTicket(id),
  spam: (id: string) => new MarkSpam(id),
  trash: (id: string) => new TrashTicket(id),
};

export function reply(minute: number, by: DemoMember, text: string, then?: 'pending' | 'solved'): DemoStep {
  return { minute, by, command: (id) => new SendPublicReply(id, text, then && after[then](id)) };
}

export function message(minute: number, text: string): DemoStep {
  return { minute, by: 'customer', command: (id) => new ReceiveCustomerMessage(id, text, 'email') };
}

export function note(minute: number, by: DemoMember, text: string): DemoStep {
  return { minute, by, command: (id) => new AddNote(id, text) };
}

export function assign(minute: number, by: DemoMember, to: DemoMember | null, team?: DemoTeamName): DemoStep {
  return {
    minute,
    by,
    command: (id, ids) =>
      new AssignTicket(id, to === null ? undefined : ids.member(to), team === undefined ? undefined : ids.team(team)),
  };
}

export function prioritise(minute: number, by: DemoMember, priority: TicketPriority): DemoStep {
  return { minute, by, command: (id) => new PrioritiseTicket(id, priority) };
}

export function handOff(minute: number, by: DemoMember, to: DemoMember, done: string, next: string): DemoStep {
  return { minute, by, command: (id, ids) => new HandOffTicket(id, { done, next, assigneeId: ids.member(to) }) };
}

/** @param inHours from the making of the demo, not from the opening of the ticket */
export function pendUntil(minute: number, by: DemoMember, inHours: number): DemoStep {
  return { minute, by, command: (id, ids) => new PendTicket(id, ids.inHours(inHours)) };
}

/** A step that has nothing to say beside its name. */
export function step(minute: number, by: DemoMember, name: keyof typeof bare): DemoStep {
  return { minute, by, command: bare[name] };
}
