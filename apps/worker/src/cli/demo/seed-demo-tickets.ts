import type { Requester, Requesters } from '@ledgerdesk/customers';
import {
  type CommandRunner,
  type EventStore,
  type IssuedCommand,
  StreamNotFound,
  streamName,
} from '@ledgerdesk/event-store';
import { demoIds } from '@ledgerdesk/identity';
import { type CommandContext, nameId } from '@ledgerdesk/kernel';
import { OpenTicket, type TicketCommand, ticketDecider, type TicketNumbers } from '@ledgerdesk/tickets';
import { billingTickets } from './billing-tickets.js';
import { deliveryTickets } from './delivery-tickets.js';
import type { DemoIds, DemoTicket } from './demo-ticket.js';
import { technicalTickets } from './technical-tickets.js';
import { unusualTickets } from './unusual-tickets.js';

const SLUG = 'demo';
const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Oldest first, so that numbers and the ledger follow the instants. */
export const DEMO_TICKETS: readonly DemoTicket[] = [
  ...billingTickets,
  ...deliveryTickets,
  ...technicalTickets,
  ...unusualTickets,
].toSorted((a, b) => b.hoursAgo - a.hoursAgo);

export interface DemoTicketTools {
  readonly store: EventStore;
  readonly runner: CommandRunner;
  readonly requesters: Requesters;
  readonly numbers: TicketNumbers;
  /** When the demo is made, in milliseconds since the epoch; every instant is counted back from it. */
  readonly now: number;
}

/** Fills the demo workspace with conversations. Each ticket is written whole or not at all, and only once. */
export async function seedDemoTickets(tools: DemoTicketTools): Promise<void> {
  for (const ticket of DEMO_TICKETS) await seedTicket(tools, ticket);
}

async function seedTicket(tools: DemoTicketTools, ticket: DemoTicket): Promise<void> {
  const workspaceId = demoIds.workspace(SLUG);
  const ticketId = nameId('demo', 'ticket', ticket.key);
  if (await exists(tools.store, streamName(ticketDecider.category, workspaceId, ticketId))) return;
  const openedAt = tools.now - ticket.hoursAgo * HOUR;
  const opening = contextOf(workspaceId, ticket.key, 'open', openedAt);
  const { name, email } = ticket.from;
  const requester = await tools.requesters.of(email, name, { ...opening, actor: 'system:seed' });
  const number = await tools.numbers.next(workspaceId);
  const issued: IssuedCommand<TicketCommand>[] = [
    { command: opened(ticketId, ticket, number, requester), context: { ...opening, actor: customer(requester) } },
  ];
  for (const [index, { minute, by, command }] of (ticket.steps ?? []).entries()) {
    const context = contextOf(workspaceId, ticket.key, String(index), openedAt + minute * MINUTE);
    const actor = by === 'customer' ? customer(requester) : (`member:${ids(tools.now).member(by)}` as const);
    issued.push({ command: command(ticketId, ids(tools.now)), context: { ...context, actor } });
  }
  await tools.runner.runAll(ticketDecider, issued);
}

function opened(ticketId: string, ticket: DemoTicket, number: number, requester: Requester): OpenTicket {
  const { key: _key, from, hoursAgo: _hoursAgo, steps: _steps, ...content } = ticket;
  return new OpenTicket(ticketId, {
    ...content,
    number,
    requester: { ...requester, name: from.name, address: from.email },
  });
}

function contextOf(workspaceId: string, key: string, part: string, at: number): Omit<CommandContext, 'actor'> {
  const commandId = nameId('demo', 'ticket', key, part);
  const correlationId = nameId('demo', 'ticket', key);
  return { workspaceId, commandId, correlationId, occurredAt: new Date(at).toISOString() };
}

function customer({ customerId }: Requester): CommandContext['actor'] {
  return `customer:${customerId}`;
}

function ids(now: number): DemoIds {
  return {
    member: (member) => demoIds.member(SLUG, `${member}@demo.test`),
    team: (team) => demoIds.team(SLUG, team),
    inHours: (hours) => new Date(now + hours * HOUR).toISOString(),
  };
}

async function exists(store: EventStore, stream: string): Promise<boolean> {
  try {
    await store.read(stream, { max: 1 });
    return true;
  } catch (error) {
    if (error instanceof StreamNotFound) return false;
    throw error;
  }
}
