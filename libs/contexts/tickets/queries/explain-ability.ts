import { Inject, Injectable } from '@nestjs/common';
import { Abilities, type Asker, type Principal } from '@ledgerdesk/auth';
import { DomainError } from '@ledgerdesk/kernel';
import { TicketStates } from './ticket-states.js';

/** What somebody asks about: an action on a kind of thing, or on one ticket. */
export interface AbilityAsked {
  readonly action: string;
  readonly type: string;
  readonly id?: string | undefined;
}

export interface Explained {
  readonly allowed: boolean;
  /** `unknown`: no such action; `role`: another role may; `not-found`: there is no such ticket, as far as they may know. */
  readonly reason: 'allowed' | 'unknown' | 'role' | 'not-found';
  /** The line of the catalogue that a role of the workspace would need; null where no line opens it. */
  readonly permission: string | null;
  readonly explanation: string;
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** May I, and if not, why not? */
@Injectable()
export class ExplainAbility {
  constructor(
    @Inject(Abilities) private readonly abilities: Abilities,
    @Inject(TicketStates) private readonly states: TicketStates,
  ) {}

  /** Says nothing about a ticket that the member does not see, whether there is one or not. */
  async explain(member: Principal, asker: Asker, { action, type, id }: AbilityAsked): Promise<Explained> {
    const opening = this.abilities.catalogue.lineOf(type, action);
    const permission = opening ?? null;
    if (!this.abilities.knows(type, action)) return answer('unknown', null, `There is nothing like "${action}" here.`);
    if (!this.abilities.abilityFor(member).can(action, type)) {
      const needed =
        permission === null ? 'no role of the workspace can have it' : `it needs the permission ${permission}`;
      return answer('role', permission, `Your role does not allow this: ${needed}.`);
    }
    if (type === 'Ticket' && id !== undefined && !(await this.#sees(asker, id))) {
      return answer('not-found', null, 'There is no such ticket.');
    }
    return answer('allowed', permission, 'Your role allows this.');
  }

  async #sees(asker: Asker, id: string): Promise<boolean> {
    if (!UUID.test(id)) return false;
    try {
      await this.states.of(asker, id);
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'not-found') return false;
      throw error;
    }
  }
}

function answer(reason: Explained['reason'], permission: string | null, explanation: string): Explained {
  return { allowed: reason === 'allowed', reason, permission, explanation };
}
