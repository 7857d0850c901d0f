import { Component, computed, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Ticket } from '@ledgerdesk/web-api';
import { Avatar, PriorityMark, RelativeTime, StatusChip } from '@ledgerdesk/web-ui';
import { People } from '../stores/people';

/** The fields of a ticket and their values. */
@Component({
  selector: 'ld-ticket-fields',
  imports: [Avatar, PriorityMark, RelativeTime, StatusChip, TranslocoPipe],
  templateUrl: './ticket-fields.html',
  styleUrl: './ticket-fields.scss',
})
export class TicketFields {
  readonly ticket = input.required<Ticket>();
  private readonly people = inject(People);
  protected readonly assignee = computed(() => this.people.memberName(this.ticket().assigneeId));
  protected readonly team = computed(() => this.people.teamName(this.ticket().teamId));
  protected readonly custom = computed(() => Object.entries(this.ticket().customFields));
}
