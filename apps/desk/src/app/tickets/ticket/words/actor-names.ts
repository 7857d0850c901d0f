import { Injectable, inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { TimelineEntry } from '@ledgerdesk/web-api';
import { People } from '../../stores/people';

/** A customer whose name the screen knows. */
export interface KnownCustomer {
  readonly customerId: string;
  readonly name: string | null;
}

/** Who did something, in a person's words. Read inside templates and computed signals: it follows names and language. */
@Injectable({ providedIn: 'root' })
export class ActorNames {
  private readonly people = inject(People);
  private readonly texts = inject(TranslocoService);

  /** @param actor as events carry it: `member:<id>`, `customer:<id>`, `key:<id>` or `system:<job>` */
  nameOf(actor: string, customer?: KnownCustomer): string {
    const [kind, id] = parts(actor);
    switch (kind) {
      case 'member':
        return this.people.memberName(id) ?? this.texts.translate('actor.member');
      case 'customer':
        return customer?.customerId === id
          ? (customer.name ?? this.texts.translate('ticket.erased'))
          : this.texts.translate('actor.customer');
      case 'key':
        return this.texts.translate('actor.key');
      default:
        return this.texts.translate(id === 'import' ? 'actor.import' : 'actor.system');
    }
  }

  /** Whose words an entry carries: what a customer said is theirs, whoever brought it in. */
  authorOf({ kind, actor }: Pick<TimelineEntry, 'kind' | 'actor'>, customer: KnownCustomer): string {
    return this.nameOf(kind === 'customer_message' ? `customer:${customer.customerId}` : actor, customer);
  }
}

function parts(actor: string): readonly [string, string] {
  const colon = actor.indexOf(':');
  return [actor.slice(0, colon), actor.slice(colon + 1)];
}
