import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatDialog, MatDialogConfig } from '@angular/material/dialog';
import { NavigationEnd, Router, RouterOutlet } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Session } from '@ledgerdesk/web-session';
import { DeskCommands, Splitter, StatePanel } from '@ledgerdesk/web-ui';
import { filter, map } from 'rxjs';
import { ListPane } from './list/list-pane';
import { PANE_WIDTHS, Panes } from './panes';
import { TICKET_SORTS, TicketList } from './stores/ticket-list';
import { viewOf } from './views/standard-views';
import { ViewsPane } from './views/views-pane';

/** The inbox: views, list and ticket beside each other. What the list shows lives in the address. */
@Component({
  selector: 'ld-tickets-page',
  imports: [ListPane, RouterOutlet, Splitter, StatePanel, TranslocoPipe, ViewsPane],
  templateUrl: './tickets-page.html',
  styleUrl: './tickets-page.scss',
})
export class TicketsPage {
  /** From the address. */
  readonly view = input<string>();
  readonly team = input<string>();
  readonly q = input<string>();
  readonly sort = input<string>();

  protected readonly panes = inject(Panes);
  protected readonly widths = PANE_WIDTHS;
  private readonly router = inject(Router);
  private readonly dialog = inject(MatDialog);
  private readonly session = inject(Session);
  private readonly list = inject(TicketList);
  protected readonly shown = computed(() => ({
    view: viewOf(this.view()),
    team: this.team(),
    q: this.q(),
    sort: TICKET_SORTS.find((sort) => sort === this.sort()),
  }));
  protected readonly openId = toSignal(
    this.router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map(() => openTicketIn(this.router.url)),
    ),
    { initialValue: openTicketIn(this.router.url) },
  );

  constructor() {
    effect(() => {
      const question = this.shown();
      untracked(() => {
        this.list.ask(question);
      });
    });
    inject(DeskCommands).offer([
      {
        id: 'openTicket',
        label: 'commands.openTicket',
        group: 'groups.tickets',
        icon: 'add',
        keys: 'c',
        enabled: () => this.session.can('open', 'Ticket'),
        run: () => void this.newTicket(),
      },
      {
        id: 'listScheduledReplies',
        label: 'commands.scheduled',
        group: 'groups.tickets',
        icon: 'schedule_send',
        enabled: () => this.session.can('reply', 'Ticket'),
        run: () => void this.scheduledReplies(),
      },
      {
        id: 'otherDensity',
        label: 'commands.density',
        group: 'groups.tickets',
        icon: 'density_small',
        run: () => {
          this.panes.otherDensity();
        },
      },
      {
        id: 'toggleViews',
        label: 'commands.views',
        group: 'groups.tickets',
        icon: 'left_panel_open',
        keys: '[',
        run: () => {
          this.panes.viewsShown.update((shown) => !shown);
        },
      },
    ]);
  }

  private async scheduledReplies(): Promise<void> {
    const { ScheduledDialog } = await import('./views/scheduled-dialog');
    if (this.dialog.openDialogs.length === 0) this.dialog.open(ScheduledDialog, { width: '620px' });
  }

  protected async newTicket(): Promise<void> {
    const { NewTicketDialog } = await import('./new-ticket/new-ticket-dialog');
    if (this.dialog.openDialogs.length > 0) return;
    this.dialog
      .open<unknown, undefined, string>(
        NewTicketDialog,
        Object.assign(new MatDialogConfig<undefined>(), { width: '620px' }),
      )
      .afterClosed()
      .subscribe((ticketId) => {
        if (ticketId === undefined) return;
        void this.router.navigate(['/tickets', ticketId], { queryParams: { at: null }, queryParamsHandling: 'merge' });
        void this.list.refresh();
      });
  }
}

function openTicketIn(url: string): string | undefined {
  return /^\/tickets\/([^/?#]+)/u.exec(url)?.[1];
}
