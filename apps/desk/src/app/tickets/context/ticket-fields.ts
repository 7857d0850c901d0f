import { Component, computed, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Ticket } from '@ledgerdesk/web-api';
import { RelativeTime } from '@ledgerdesk/web-ui';

/** What else is known about a ticket besides the fields that stand in its head. */
@Component({
  selector: 'ld-ticket-fields',
  imports: [RelativeTime, TranslocoPipe],
  templateUrl: './ticket-fields.html',
  styleUrl: './ticket-fields.scss',
})
export class TicketFields {
  readonly ticket = input.required<Ticket>();
  protected readonly custom = computed(() => Object.entries(this.ticket().customFields));
}
