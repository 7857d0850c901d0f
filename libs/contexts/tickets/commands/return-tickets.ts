import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { BEGINNING, CommandRunner, EVENT_STORE, EventCodec, type EventStore, IssuedBy } from '@ledgerdesk/event-store';
import { type CommandContext, DomainError, nameId } from '@ledgerdesk/kernel';
import { Connections, ReadStore } from '@ledgerdesk/read-store';
import { AssignTicket } from '../domain/ticket.commands.js';
import { ticketDecider } from '../domain/ticket.decider.js';
import { TicketStates } from '../queries/ticket-states.js';

/** Where something happened, after which tickets have nobody any more. */
interface Moment {
  readonly stream: string;
  readonly revision: number;
}

/** Takes all active tickets from a member; their teams keep them. Whoever executes it again takes those that are left. */
export class ReturnTickets extends Command<void> {
  constructor(
    readonly memberId: string,
    readonly since: Moment,
  ) {
    super();
  }
}

/** The inbox does not show yet what was assigned until then; the effect is tried again. */
export class InboxBehind extends Error {
  override readonly name = 'InboxBehind';
}

const PAGE = 200;
const FIRST = '00000000-0000-0000-0000-000000000000';

@CommandHandler(ReturnTickets)
export class ReturnTicketsHandler implements ICommandHandler<ReturnTickets> {
  private readonly states: TicketStates;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(EventCodec) codec: EventCodec,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(ReadStore) private readonly readStore: ReadStore,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {
    this.states = new TicketStates(store, codec);
  }

  /** @throws InboxBehind */
  async execute(command: ReturnTickets): Promise<void> {
    const { command: issued } = IssuedBy.of(command);
    const { memberId, since } = command;
    await this.#waitForInbox(since);
    for (let after = FIRST; ;) {
      const tickets = await this.#ticketsOf(issued.workspaceId, memberId, after);
      for (const { id } of tickets) await this.#return(id, memberId, issued);
      const last = tickets.at(-1);
      if (!last || tickets.length < PAGE) return;
      after = last.id;
    }
  }

  async #waitForInbox({ stream, revision }: Moment): Promise<void> {
    const [event] = await this.store.read(stream, { from: revision, max: 1 });
    const rows = await this.connections.use((sql) =>
      sql.rows<{ position: string }>(`select position from ledger_checkpoint where name = 'inbox'`),
    );
    if (event && this.store.compare(rows.at(0)?.position ?? BEGINNING, event.position) < 0) throw new InboxBehind();
  }

  #ticketsOf(workspaceId: string, memberId: string, after: string): Promise<readonly { readonly id: string }[]> {
    return this.readStore.run(workspaceId, (sql) =>
      sql.rows(
        `select id from inbox where workspace_id = $1::uuid and assignee_id = $2::uuid and active and id > $3::uuid
         order by id limit ${String(PAGE)}`,
        [workspaceId, memberId, after],
      ),
    );
  }

  async #return(ticketId: string, memberId: string, issued: CommandContext): Promise<void> {
    const { ticket, events } = await this.states.of({ workspaceId: issued.workspaceId }, ticketId);
    if (ticket.assigneeId !== memberId) return;
    const commandId = nameId('return-ticket', issued.commandId, ticketId);
    // Based on what was seen: whoever assigned it to somebody else meanwhile is right.
    const context = { ...issued, commandId, basedOn: events.length - 1 };
    try {
      await this.runner.run(ticketDecider, new AssignTicket(ticketId, null), context);
    } catch (error) {
      // Assigned anew, closed, merged or trashed meanwhile: it does not wait for this member.
      if (!(error instanceof DomainError) || error.code === 'version.busy') throw error;
    }
  }
}
