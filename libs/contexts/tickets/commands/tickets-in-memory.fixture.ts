import { type CommandContext, fold, nameId, type Recorded } from '@ledgerdesk/kernel';
import { ticketDecider } from '../domain/ticket.decider.js';
import { OpenTicket, type TicketCommand } from '../domain/ticket.commands.js';
import type { TicketEvent } from '../domain/ticket.events.js';
import { WORKSPACE } from '../domain/ticket-stories.fixture.js';
import { ticketNotFound } from '../queries/ticket-views.js';
import type { Asking } from '../queries/ticket-states.js';
import type { TicketOutcome } from './open-ticket-for-requester.js';
import type { KnownTicket, TicketLedger } from './ticket-streams.js';

/** The process was stopped before it could append. */
export class Stopped extends Error {}

/** Tickets whose ledger is an array: everything that decides is real, and it can be stopped between any two appends. */
export class TicketsInMemory implements TicketLedger {
  readonly log: Recorded<TicketEvent>[] = [];
  now = Date.parse('2026-03-02T12:00:00.000Z');
  /** Appends until the process is stopped. */
  appendsLeft = Infinity;

  open(ticketId: string, number: number, customerId: string): void {
    this.decide(
      new OpenTicket(ticketId, {
        number,
        subject: `About ${ticketId}`,
        body: `${ticketId} begins`,
        requester: { customerId, keyId: customerId, name: customerId, address: `${customerId}@example.org` },
      }),
      this.context(`open-${ticketId}`),
    );
  }

  context(commandId: string): CommandContext {
    return { workspaceId: WORKSPACE, actor: 'member:m1', commandId, correlationId: commandId };
  }

  eventsOf(ticketId: string): readonly Recorded<TicketEvent>[] {
    return this.log.filter(({ stream }) => stream === streamOf(ticketId));
  }

  of(_asking: Asking, ticketId: string): Promise<KnownTicket> {
    const events = this.eventsOf(ticketId);
    const ticket = fold(ticketDecider, events);
    return ticket ? Promise.resolve({ ticket, events }) : Promise.reject(ticketNotFound());
  }

  run(command: TicketCommand, context: CommandContext): Promise<TicketOutcome> {
    return Promise.resolve().then(() => this.decide(command, context));
  }

  async runAsSeen(make: () => Promise<TicketCommand>, context: CommandContext): Promise<TicketOutcome> {
    return this.decide(await make(), context);
  }

  /** As the command runner does it: a command that is known is answered, everything else decided and appended. */
  decide(command: TicketCommand, { commandId, actor, causationId }: CommandContext): TicketOutcome {
    const stream = streamOf(command.ticketId);
    const before = this.eventsOf(command.ticketId);
    const known = before.filter(({ metadata }) => metadata.commandId === commandId);
    const state = fold(ticketDecider, before);
    if (known.length > 0) return outcome(stream, known, state);
    this.now += 1_000;
    const decided = ticketDecider.decide(command, state, { actor, now: this.now });
    if (decided.length > 0) {
      if (this.appendsLeft === 0) throw new Stopped();
      this.appendsLeft -= 1;
    }
    const at = new Date(this.now).toISOString();
    const told = decided.map((event, index): Recorded<TicketEvent> => ({
      ...event,
      id: nameId('event', commandId, String(index)),
      stream,
      revision: before.length + index,
      position: String(this.log.length + index + 1),
      metadata: {
        workspaceId: WORKSPACE,
        actor,
        cause: 'command:Told',
        commandId,
        correlationId: commandId,
        ...(causationId !== undefined && { causationId }),
        v: '1',
        occurredAt: at,
        recordedAt: at,
        previousHash: '',
        hash: '',
      },
    }));
    this.log.push(...told);
    return outcome(stream, told, fold(ticketDecider, [...before, ...told]));
  }
}

function streamOf(ticketId: string): string {
  return `ticket-${WORKSPACE.replaceAll('-', '')}_${ticketId}`;
}

function outcome(stream: string, events: TicketOutcome['events'], state: TicketOutcome['state']): TicketOutcome {
  return { stream, version: state?.version ?? -1, position: events.at(-1)?.position ?? '', events, state };
}
