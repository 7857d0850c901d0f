import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Session } from '@ledgerdesk/web-session';
import { Icon } from '@ledgerdesk/web-ui';
import { administrationEntries } from './entries';

/** Everything that may be administered, with a sentence about each. */
@Component({
  selector: 'ld-administration-page',
  imports: [Icon, RouterLink, TranslocoPipe],
  template: `
    <header>
      <h1>{{ 'areas.administration' | transloco }}</h1>
      <p>{{ 'administration.lead' | transloco: { name: workspace() } }}</p>
    </header>
    <ul>
      @for (entry of entries(); track entry.url) {
        <li>
          <ld-icon [name]="entry.icon" />
          <div>
            <a [routerLink]="entry.url">{{ 'administration.' + entry.name | transloco }}</a>
            <p>{{ 'administration.' + entry.name + 'Lead' | transloco }}</p>
          </div>
        </li>
      }
    </ul>
  `,
  styleUrl: './administration-page.scss',
})
export class AdministrationPage {
  private readonly session = inject(Session);
  protected readonly workspace = computed(() => this.session.me()?.workspace.name ?? '');
  protected readonly entries = computed(() =>
    administrationEntries((action, subject) => this.session.can(action, subject)),
  );
}
