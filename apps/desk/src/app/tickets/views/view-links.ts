import { Component, computed, inject, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from '@ledgerdesk/web-ui';
import { People } from '../stores/people';
import { TicketList } from '../stores/ticket-list';
import { ViewCounts } from '../stores/view-counts';
import { CappedCount } from './capped-count';
import { STANDARD_VIEWS } from './standard-views';

/** The views and teams as links, each with how many tickets it holds. */
@Component({
  selector: 'ld-view-links',
  imports: [CappedCount, Icon, RouterLink, TranslocoPipe],
  template: `
    <nav [attr.aria-label]="'views.label' | transloco">
      <ul>
        @for (view of main; track view.key) {
          <li>
            <a
              routerLink="/tickets"
              [queryParams]="{ view: view.key }"
              [class.active]="isActive(view.key)"
              [attr.aria-current]="isActive(view.key) ? 'page' : null"
              (click)="chosen.emit()"
            >
              <ld-icon [name]="view.icon" />
              <span>{{ 'views.' + view.key | transloco }}</span>
              <ld-capped-count [of]="counts().views[view.key]" />
            </a>
          </li>
        }
      </ul>
      @if (people.teams().length > 0) {
        <h2>{{ 'views.teams' | transloco }}</h2>
        <ul>
          @for (team of people.teams(); track team.id) {
            <li>
              <a
                routerLink="/tickets"
                [queryParams]="{ view: 'all_open', team: team.id }"
                [class.active]="asked()?.team === team.id"
                [attr.aria-current]="asked()?.team === team.id ? 'page' : null"
                (click)="chosen.emit()"
              >
                <ld-icon name="group" />
                <span>{{ team.name }}</span>
                <ld-capped-count [of]="counts().teams[team.id]" />
              </a>
            </li>
          }
        </ul>
      }
      <h2>{{ 'views.aside' | transloco }}</h2>
      <ul>
        @for (view of aside; track view.key) {
          <li>
            <a
              routerLink="/tickets"
              [queryParams]="{ view: view.key }"
              [class.active]="isActive(view.key)"
              [attr.aria-current]="isActive(view.key) ? 'page' : null"
              (click)="chosen.emit()"
            >
              <ld-icon [name]="view.icon" />
              <span>{{ 'views.' + view.key | transloco }}</span>
              <ld-capped-count [of]="counts().views[view.key]" />
            </a>
          </li>
        }
      </ul>
    </nav>
  `,
  styles: `
    nav {
      padding: 0 8px 8px;
    }
    h2 {
      padding: 16px 8px 4px;
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
export class ViewLinks {
  readonly chosen = output();
  protected readonly main = STANDARD_VIEWS.filter((view) => !view.aside);
  protected readonly aside = STANDARD_VIEWS.filter((view) => view.aside);
  protected readonly people = inject(People);
  protected readonly counts = inject(ViewCounts).current;
  protected readonly asked = inject(TicketList).asked;
  private readonly activeView = computed(() => {
    const asked = this.asked();
    return asked?.q === undefined && asked?.team === undefined ? asked?.view : undefined;
  });

  protected isActive(key: string): boolean {
    return this.activeView() === key;
  }
}
