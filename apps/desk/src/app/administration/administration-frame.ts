import { Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import type { IsActiveMatchOptions } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Session } from '@ledgerdesk/web-session';
import { Icon } from '@ledgerdesk/web-ui';
import { Panes } from '../tickets/panes';
import { administrationEntries } from './entries';

/** The pages of the administration beside the page that is open; on a narrow screen one way back to them. */
@Component({
  selector: 'ld-administration-frame',
  imports: [Icon, RouterLink, RouterLinkActive, RouterOutlet, TranslocoPipe],
  template: `
    @if (entries().length > 0) {
      @if (panes.onePane()) {
        <a class="back" routerLink="/administration">
          <ld-icon name="chevron_left" /> {{ 'areas.administration' | transloco }}
        </a>
      } @else {
        <nav [attr.aria-label]="'areas.administration' | transloco">
          <a class="heading" routerLink="/administration">{{ 'areas.administration' | transloco }}</a>
          @for (entry of entries(); track entry.url) {
            <a
              class="entry"
              [routerLink]="entry.url"
              routerLinkActive="active"
              [routerLinkActiveOptions]="exactly"
              ariaCurrentWhenActive="page"
            >
              <ld-icon [name]="entry.icon" /> <span>{{ 'administration.' + entry.name | transloco }}</span>
            </a>
          }
        </nav>
      }
    }
    <div class="page"><router-outlet /></div>
  `,
  styleUrl: './administration-frame.scss',
})
export class AdministrationFrame {
  protected readonly panes = inject(Panes);
  /** `/audit` is not open when `/audit/changes` is; filters in the address make no difference. */
  protected readonly exactly: IsActiveMatchOptions = {
    paths: 'exact',
    queryParams: 'ignored',
    fragment: 'ignored',
    matrixParams: 'ignored',
  };
  private readonly session = inject(Session);
  protected readonly entries = computed(() =>
    administrationEntries((action, subject) => this.session.can(action, subject)),
  );
}
