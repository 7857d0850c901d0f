import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { TicketSummary } from '@ledgerdesk/web-api';
import { Avatar, PriorityMark, RelativeTime, StatusChip } from '@ledgerdesk/web-ui';
import { People } from '../stores/people';

/** One ticket in the list, in two lines or in one. */
@Component({
  selector: 'ld-ticket-row',
  imports: [Avatar, PriorityMark, RelativeTime, RouterLink, StatusChip, TranslocoPipe],
  templateUrl: './ticket-row.html',
  styleUrl: './ticket-row.scss',
})
export class TicketRow {
  readonly row = input.required<TicketSummary>();
  readonly compact = input(false);
  /** The ticket stands in the ticket pane. */
  readonly open = input(false);
  /** The keyboard stands here. */
  readonly cursor = input(false);
  /** It no longer belongs to what the list shows. */
  readonly left = input(false);
  private readonly people = inject(People);
  protected readonly requester = computed(() => this.row().requester.name ?? this.row().requester.address);
  protected readonly assignee = computed(() => this.people.memberName(this.row().assigneeId));
}
