import { CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import { Component, computed, effect, inject, input, signal, untracked, viewChild } from '@angular/core';
import type { ElementRef } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatTooltip } from '@angular/material/tooltip';
import { Router, RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { LedgerEvent } from '@ledgerdesk/web-api';
import { Session } from '@ledgerdesk/web-session';
import { DeskCommands, Icon, Skeleton, StatePanel } from '@ledgerdesk/web-ui';
import { Panes } from '../tickets/panes';
import { EventDetails } from '../tickets/ticket/history/event-details';
import { ActorNames } from '../tickets/ticket/words/actor-names';
import { EventWords } from '../tickets/ticket/words/event-words';
import { InstantPipe } from '../tickets/ticket/words/instant';
import { LedgerFilters } from './ledger-filters';
import { LedgerList } from './ledger-list';
import type { LedgerQuestion } from './ledger-list';

const READ_AHEAD = 60;
const ONE_LINE = 34;
const TWO_LINES = 52;
const TICKET = /^ticket-(?<id>.+)$/u;

/** The ledger of the workspace, for those who answer for it and for auditors. What it shows lives in the address. */
@Component({
  selector: 'ld-audit-page',
  imports: [
    CdkFixedSizeVirtualScroll,
    CdkVirtualForOf,
    CdkVirtualScrollViewport,
    EventDetails,
    Icon,
    InstantPipe,
    LedgerFilters,
    MatButton,
    MatIconButton,
    MatTooltip,
    RouterLink,
    Skeleton,
    StatePanel,
    TranslocoPipe,
  ],
  providers: [LedgerList],
  templateUrl: './audit-page.html',
  styleUrl: './audit-page.scss',
})
export class AuditPage {
  /** From the address. */
  readonly type = input<string>();
  readonly actor = input<string>();
  readonly stream = input<string>();
  readonly from = input<string>();
  readonly to = input<string>();
  /** An event that other pages lead to; its details open as soon as it is read. */
  readonly event = input<string>();

  protected readonly ledger = inject(LedgerList);
  protected readonly session = inject(Session);
  protected readonly actors = inject(ActorNames);
  protected readonly words = inject(EventWords);
  protected readonly panes = inject(Panes);
  protected readonly withTexts = signal(false);
  /** On a narrow screen filters are shown when they are asked for. */
  protected readonly filtersShown = signal(false);
  protected readonly chosen = signal<LedgerEvent | undefined>(undefined);
  protected readonly question = computed<LedgerQuestion>(() => ({
    type: this.type(),
    actor: this.actor(),
    stream: this.stream(),
    from: this.from(),
    to: this.to(),
  }));
  protected readonly isAuditor = computed(() => !this.session.can('read-unrecorded', 'Ticket'));
  protected readonly row = computed(() => (this.panes.onePane() ? TWO_LINES : ONE_LINE));
  /** -1: more than what was read so far. */
  protected readonly rowCount = computed(() => (this.ledger.hasMore() ? -1 : this.ledger.rows().length + 1));
  private readonly router = inject(Router);
  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');

  constructor() {
    effect(() => {
      const question = this.question();
      const withTexts = this.withTexts();
      untracked(() => {
        this.chosen.set(undefined);
        void this.ledger.ask(question, withTexts);
      });
    });
    effect(() => {
      const wanted = this.ledger.rows().find(({ id }) => id === this.event());
      if (wanted !== undefined)
        untracked(() => {
          this.chosen.set(wanted);
        });
    });
    effect(() => {
      this.heading()?.nativeElement.focus();
    });
    inject(DeskCommands).offer([
      {
        id: 'closeEvent',
        label: 'ui.close',
        group: 'groups.list',
        icon: 'close',
        keys: 'Escape',
        keysOnly: true,
        enabled: () => this.chosen() !== undefined,
        run: () => {
          this.chosen.set(undefined);
        },
      },
    ]);
  }

  protected filter(change: LedgerQuestion): void {
    const queryParams = Object.fromEntries(
      Object.entries(change).map(([name, value]) => [name, value === '' ? null : value]),
    );
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge' });
  }

  protected refresh(): void {
    void this.ledger.ask(this.question(), this.withTexts());
  }

  protected scrolled(index: number): void {
    if (index + READ_AHEAD >= this.ledger.rows().length) void this.ledger.more();
  }

  protected choose(event: LedgerEvent): void {
    this.chosen.set(event);
  }

  protected ticketOf(event: LedgerEvent): string | undefined {
    return TICKET.exec(event.stream)?.groups?.['id'];
  }

  /** `command:AddNote` without what every cause begins with. */
  protected causeOf(event: LedgerEvent): string {
    return event.cause.slice(event.cause.indexOf(':') + 1);
  }

  protected identity(_index: number, event: LedgerEvent): string {
    return event.id;
  }
}
