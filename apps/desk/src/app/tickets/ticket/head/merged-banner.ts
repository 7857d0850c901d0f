import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Ticket } from '@ledgerdesk/web-api';
import { Icon } from '@ledgerdesk/web-ui';
import { CurrentTicket } from '../../stores/current-ticket';
import { TicketActions } from '../actions/ticket-actions';

/** As long as the api lets a merge be taken back, in milliseconds; the merge was the last that happened to the ticket. */
const UNMERGE_WINDOW = 7 * 86_400_000;

/** Says of a merged ticket where its story goes on, and lets the merge be taken back while that is possible. */
@Component({
  selector: 'ld-merged-banner',
  imports: [Icon, MatButton, RouterLink, TranslocoPipe],
  template: `
    @if (target(); as name) {
      <div class="banner" role="status">
        <ld-icon name="merge" />
        <p>
          {{ 'merge.readOnly' | transloco }}
          <a [routerLink]="['/tickets', name.ticketId]" queryParamsHandling="merge">{{
            'merge.goesOn' | transloco: { number: name.number }
          }}</a>
        </p>
        @if (canBeTakenBack()) {
          <button matButton="outlined" type="button" (click)="actions.unmergeTicket()">
            <ld-icon name="undo" /> {{ 'act.unmergeTicket' | transloco }}
          </button>
        }
      </div>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    .banner {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 12px;
      padding: 8px 16px;
      border-block-end: 1px solid var(--ld-line);
      background: var(--ld-accent-tint);
      color: var(--ld-on-accent-tint);
    }
    p {
      flex: 1 1 180px;
    }
    a {
      white-space: nowrap;
      color: inherit;
      font-weight: 600;
    }
  `,
})
export class MergedBanner {
  readonly ticket = input.required<Ticket>();
  protected readonly actions = inject(TicketActions);
  private readonly current = inject(CurrentTicket);
  protected readonly canBeTakenBack = computed(
    () => this.actions.may('unmerge') && Date.now() - Date.parse(this.ticket().updatedAt) < UNMERGE_WINDOW,
  );
  protected readonly target = computed(() => (this.ticket().status === 'merged' ? this.current.leadsTo() : undefined));
}
