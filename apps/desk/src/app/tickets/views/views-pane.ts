import { Component, computed, inject, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslocoPipe } from '@jsverse/transloco';
import { Session } from '@ledgerdesk/web-session';
import { Icon, KeyCaps } from '@ledgerdesk/web-ui';
import { ViewLinks } from './view-links';

/** The left pane: a new ticket, and everything the list can show. */
@Component({
  selector: 'ld-views-pane',
  imports: [Icon, KeyCaps, MatButton, TranslocoPipe, ViewLinks],
  template: `
    <header>
      <h1>{{ session.me()?.workspace?.name }}</h1>
    </header>
    @if (mayOpen()) {
      <button matButton="filled" type="button" class="new" (click)="newTicket.emit()">
        <ld-icon name="add" /> {{ 'commands.openTicket' | transloco }}
      </button>
    }
    <ld-view-links />
    <p class="hint"><ld-keys keys="mod+k" /> {{ 'palette.hint' | transloco }}</p>
  `,
  styleUrl: './views-pane.scss',
})
export class ViewsPane {
  readonly newTicket = output();
  protected readonly session = inject(Session);
  protected readonly mayOpen = computed(() => this.session.can('open', 'Ticket'));
}
