import { Component, effect, inject, input, output } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { LedgerEvent } from '@ledgerdesk/web-api';
import { Icon } from '@ledgerdesk/web-ui';
import { ActorNames } from '../words/actor-names';
import type { KnownCustomer } from '../words/actor-names';
import { EventWords } from '../words/event-words';
import { InstantPipe } from '../words/instant';
import { EventDetails } from './event-details';

/** The events of a ticket, oldest first; the chosen one is unfolded, later ones are quiet. */
@Component({
  selector: 'ld-event-list',
  imports: [EventDetails, Icon, InstantPipe, TranslocoPipe],
  templateUrl: './event-list.html',
  styleUrl: './event-list.scss',
})
export class EventList {
  readonly events = input.required<readonly LedgerEvent[]>();
  readonly index = input.required<number>();
  readonly customer = input<KnownCustomer>();
  /** Revision of the first event that does not match its hash. */
  readonly broken = input<number>();
  readonly chosen = output<number>();
  protected readonly words = inject(EventWords);
  private readonly actors = inject(ActorNames);

  constructor() {
    effect((onCleanup) => {
      const row = `event-${this.index()}`;
      const frame = requestAnimationFrame(() => document.getElementById(row)?.scrollIntoView({ block: 'nearest' }));
      onCleanup(() => {
        cancelAnimationFrame(frame);
      });
    });
  }

  protected actor(event: LedgerEvent): string {
    return this.actors.nameOf(event.actor, this.customer());
  }

  /** `command:AssignTicket` without what every cause begins with. */
  protected cause(event: LedgerEvent): string {
    return event.cause.slice(event.cause.indexOf(':') + 1);
  }
}
