import { CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import {
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  output,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatTooltip } from '@angular/material/tooltip';
import { Router } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { TicketSummary } from '@ledgerdesk/web-api';
import { Session } from '@ledgerdesk/web-session';
import { DeskCommands, Icon, Skeleton, StatePanel } from '@ledgerdesk/web-ui';
import { Panes } from '../panes';
import { People } from '../stores/people';
import { TICKET_SORTS, TicketList } from '../stores/ticket-list';
import type { ListQuestion, TicketSort } from '../stores/ticket-list';
import { ViewLinks } from '../views/view-links';
import { listCommands } from './list-commands';
import { SearchBox } from './search-box';
import { TicketRow } from './ticket-row';

/** Rows from the end at which the next page is asked for. */
const READ_AHEAD = 20;

/** The middle pane: search, what is shown, and the rows. */
@Component({
  selector: 'ld-list-pane',
  imports: [
    CdkFixedSizeVirtualScroll,
    CdkVirtualForOf,
    CdkVirtualScrollViewport,
    Icon,
    MatButton,
    MatIconButton,
    MatMenu,
    MatMenuContent,
    MatMenuItem,
    MatMenuTrigger,
    MatTooltip,
    SearchBox,
    Skeleton,
    StatePanel,
    TicketRow,
    TranslocoPipe,
    ViewLinks,
  ],
  templateUrl: './list-pane.html',
  styleUrl: './list-pane.scss',
})
export class ListPane {
  readonly shown = input.required<ListQuestion>();
  readonly openId = input<string>();
  readonly newTicket = output();
  protected readonly tickets = inject(TicketList);
  protected readonly panes = inject(Panes);
  protected readonly sorts = TICKET_SORTS;
  protected readonly mayOpen = computed(() => this.session.can('open', 'Ticket'));
  private readonly people = inject(People);
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly viewport = viewChild(CdkVirtualScrollViewport);
  private readonly search = viewChild.required(SearchBox);

  /** Where j and k stand: the open ticket, until they move on. */
  protected readonly cursor = linkedSignal<string | undefined>(() => this.openId());
  protected readonly title = computed(() => this.people.teamName(this.shown().team));
  protected readonly empty = computed(
    () => !this.tickets.loading() && this.tickets.problem() === undefined && this.tickets.rows().length === 0,
  );

  constructor() {
    inject(DeskCommands).offer(
      listCommands({
        move: (step) => {
          this.move(step);
        },
        open: () => {
          this.openCursor();
        },
        back: () => void this.openTicket(undefined),
        isTicketOpen: () => this.openId() !== undefined,
        search: () => {
          this.search().focus();
        },
        refresh: () => void this.showWaiting(),
      }),
    );
    effect(() => {
      this.panes.rowHeight();
      untracked(() => {
        this.viewport()?.checkViewportSize();
      });
    });
  }

  protected scrolled(index: number): void {
    const viewport = this.viewport();
    if (viewport === undefined) return;
    const visible = Math.ceil(viewport.getViewportSize() / this.panes.rowHeight());
    if (index + visible + READ_AHEAD >= this.tickets.rows().length) void this.tickets.more();
  }

  protected async showWaiting(): Promise<void> {
    await this.tickets.refresh();
    this.viewport()?.scrollToIndex(0);
  }

  protected sortBy(sort: TicketSort): void {
    void this.router.navigate([], { queryParams: { sort }, queryParamsHandling: 'merge' });
  }

  protected searchFor(q: string | undefined): void {
    void this.router.navigate([], { queryParams: { q: q ?? null }, queryParamsHandling: 'merge' });
  }

  protected identity(_index: number, row: TicketSummary): string {
    return row.id;
  }

  private move(step: number): void {
    const rows = this.tickets.rows();
    if (rows.length === 0) return;
    const at = rows.findIndex((row) => row.id === this.cursor());
    const next = at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step));
    const row = rows[next];
    if (row === undefined) return;
    this.cursor.set(row.id);
    this.reveal(next);
    this.focusRow(row.id);
    if (this.openId() !== undefined) void this.openTicket(row.id);
  }

  private reveal(index: number): void {
    const viewport = this.viewport();
    if (viewport === undefined) return;
    const top = index * this.panes.rowHeight();
    const offset = viewport.measureScrollOffset();
    const height = viewport.getViewportSize();
    if (top < offset) viewport.scrollToOffset(top);
    else if (top + this.panes.rowHeight() > offset + height)
      viewport.scrollToOffset(top + this.panes.rowHeight() - height);
  }

  /** The focus goes along, so that Enter opens the row, not the button that was pressed last. */
  private focusRow(id: string): void {
    afterNextRender(
      () =>
        this.host.nativeElement.querySelector<HTMLElement>(`[data-ticket="${id}"] a`)?.focus({ preventScroll: true }),
      { injector: this.injector },
    );
  }

  private openCursor(): void {
    const id = this.cursor() ?? this.tickets.rows()[0]?.id;
    if (id !== undefined) void this.openTicket(id);
  }

  private openTicket(id: string | undefined): Promise<boolean> {
    return this.router.navigate(id === undefined ? ['/tickets'] : ['/tickets', id], {
      queryParams: { at: null },
      queryParamsHandling: 'merge',
    });
  }
}
