import { Component, computed, inject, input, resource } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Api, listTickets } from '@ledgerdesk/web-api';
import { Icon, RelativeTime, STATUS_LOOK } from '@ledgerdesk/web-ui';

const SHOWN = 8;

/** The newest other tickets of the same customer. */
@Component({
  selector: 'ld-other-tickets',
  imports: [Icon, RelativeTime, RouterLink, TranslocoPipe],
  template: `
    <h3>{{ 'ticket.others' | transloco }}</h3>
    <ul>
      @for (ticket of others(); track ticket.id) {
        <li>
          <a [routerLink]="['/tickets', ticket.id]" [queryParams]="{ at: null }" queryParamsHandling="merge">
            <ld-icon [name]="looks[ticket.status].icon" [attr.title]="'status.' + ticket.status | transloco" />
            <span class="ld-visually-hidden">{{ 'status.' + ticket.status | transloco }}</span>
            <span class="subject" dir="auto">{{ ticket.subject ?? ('ticket.erased' | transloco) }}</span>
            <ld-time [at]="ticket.updatedAt" />
          </a>
        </li>
      } @empty {
        @if (!tickets.isLoading()) {
          <li class="none">{{ 'ticket.noOthers' | transloco }}</li>
        }
      }
    </ul>
  `,
  styles: `
    :host {
      display: block;
      padding: 14px 8px;
      border-block-start: 1px solid var(--ld-line);
    }
    h3 {
      padding: 0 8px 6px;
      color: var(--ld-text-quiet);
      font-size: 12px;
      font-weight: 500;
    }
    a {
      display: flex;
      align-items: center;
      gap: 8px;
      block-size: 30px;
      padding-inline: 8px;
      border-radius: var(--ld-radius);
      color: var(--ld-text);
      text-decoration: none;
    }
    a:hover {
      background: var(--ld-hover);
    }
    ld-icon {
      color: var(--ld-text-quiet);
      font-size: 16px;
    }
    .subject {
      flex: 1;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    ld-time,
    .none {
      color: var(--ld-text-quiet);
      font-size: 12px;
    }
    .none {
      padding-inline: 8px;
    }
  `,
})
export class OtherTickets {
  readonly customerId = input.required<string>();
  readonly except = input.required<string>();
  protected readonly looks = STATUS_LOOK;
  private readonly api = inject(Api);
  protected readonly tickets = resource({
    params: () => this.customerId(),
    loader: ({ params }) => this.api.invoke(listTickets, { requester: params, limit: SHOWN + 1 }),
  });
  protected readonly others = computed(() =>
    (this.tickets.hasValue() ? this.tickets.value().data : [])
      .filter((ticket) => ticket.id !== this.except())
      .slice(0, SHOWN),
  );
}
