import { Inject, Injectable } from '@nestjs/common';
import { Abilities, type Principal } from '@ledgerdesk/auth';
import { ReadStore } from '@ledgerdesk/read-store';
import { ticketNotFound } from './ticket-views.js';
import { TicketStates } from './ticket-states.js';
import { Parameters, visibleTickets } from './visible-tickets.js';

/** Whether a member may see a ticket as it is now. */
@Injectable()
export class TicketSight {
  constructor(
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(Abilities) private readonly abilities: Abilities,
    @Inject(TicketStates) private readonly states: TicketStates,
  ) {}

  /**
   * @throws DomainError not-found `ticket.not-found` for every ticket that the member may not see
   */
  async refuseUnseen(member: Principal, ticketId: string): Promise<void> {
    const parameters = new Parameters();
    const id = parameters.add(ticketId);
    const workspace = parameters.add(member.workspaceId);
    const visible = visibleTickets(this.abilities.abilityFor(member), parameters);
    const rows = await this.store.run(member.workspaceId, (sql) =>
      sql.rows(
        `select from inbox where id = ${id}::uuid and workspace_id = ${workspace}::uuid and ${visible}`,
        parameters.values,
      ),
    );
    if (rows.length === 0) throw ticketNotFound();
    // What is read next comes from the ledger, so it must not go by a row that does not know yet where the ticket went.
    const sees = this.abilities.sightOf(member);
    if (sees) await this.states.of({ workspaceId: member.workspaceId, sees }, ticketId);
  }
}
