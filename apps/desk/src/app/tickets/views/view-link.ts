import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from '@ledgerdesk/web-ui';
import type { IconName } from '@ledgerdesk/web-ui';
import { TicketList } from '../stores/ticket-list';
import { CappedCount } from './capped-count';
import type { StandardView } from './standard-views';

/** One thing that the list can show, with its name as content and how many tickets it holds. */
@Component({
  selector: 'ld-view-link',
  imports: [CappedCount, Icon, RouterLink],
  template: `
    <a
      routerLink="/tickets"
      [queryParams]="{ view: view(), team: team() }"
      [class.active]="active()"
      [attr.aria-current]="active() ? 'page' : null"
    >
      <ld-icon [name]="icon()" />
      <span><ng-content /></span>
      <ld-capped-count [of]="count()" />
    </a>
  `,
  styles: `
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
    a.active {
      background: var(--ld-accent-tint);
      color: var(--ld-on-accent-tint);
      font-weight: 600;
    }
    ld-icon {
      color: var(--ld-text-quiet);
      font-size: 18px;
    }
    .active ld-icon {
      color: inherit;
    }
    span {
      flex: 1;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  `,
})
export class ViewLink {
  readonly view = input.required<StandardView>();
  readonly icon = input.required<IconName>();
  readonly team = input<string>();
  readonly count = input<{ readonly count: number; readonly capped: boolean }>();
  private readonly asked = inject(TicketList).asked;
  protected readonly active = computed(() => {
    const asked = this.asked();
    if (asked === undefined || asked.q !== undefined || asked.team !== this.team()) return false;
    return this.team() !== undefined || asked.view === this.view();
  });
}
