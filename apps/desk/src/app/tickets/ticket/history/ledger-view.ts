import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatTooltip } from '@angular/material/tooltip';
import { Router, RouterLink } from '@angular/router';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { Session } from '@ledgerdesk/web-session';
import { DeskCommands, Icon, Skeleton, StatePanel } from '@ledgerdesk/web-ui';
import { CurrentTicket } from '../../stores/current-ticket';
import { Story } from '../story/story';
import { ActorNames } from '../words/actor-names';
import { EventList } from './event-list';
import { historyCommands } from './history-commands';
import { MomentFields } from './moment-fields';
import { TicketHistory } from './ticket-history';
import { TimeSlider } from './time-slider';

/** How long a person must rest on a moment before the address says it. */
const ADDRESS_MS = 300;

/** The ledger of one ticket: the ticket as it was at any event, and the events themselves. The moment lives in the address. */
@Component({
  selector: 'ld-ledger-view',
  imports: [
    EventList,
    Icon,
    MatButton,
    MatTooltip,
    MomentFields,
    RouterLink,
    Skeleton,
    StatePanel,
    Story,
    TimeSlider,
    TranslocoPipe,
  ],
  providers: [TicketHistory],
  templateUrl: './ledger-view.html',
  styleUrl: './ledger-view.scss',
})
export class LedgerView {
  readonly ticketId = input.required<string>();
  /** `latest`, a position of the ledger, or an RFC 3339 instant. */
  readonly at = input.required<string>();

  protected readonly history = inject(TicketHistory);
  protected readonly session = inject(Session);
  protected readonly side = signal<'ticket' | 'events'>('ticket');
  protected readonly withTexts = signal(false);
  /** The ticket did not exist at the moment that was asked for; its first event is shown instead. */
  protected readonly missing = signal(false);
  protected readonly label = computed(() => {
    const event = this.history.event();
    if (event === undefined) return '';
    const customer = this.history.moment()?.ticket.requester;
    return `${this.texts.translate(`event.${event.type}`)}, ${this.actors.nameOf(event.actor, customer)}`;
  });
  private readonly texts = inject(TranslocoService);
  private readonly actors = inject(ActorNames);
  private readonly router = inject(Router);
  private readonly current = inject(CurrentTicket);
  /** The moment that the address says because of what is chosen here. */
  private written: string | undefined;

  constructor() {
    effect(() => {
      const ticketId = this.ticketId();
      untracked(() => void this.open(ticketId));
    });
    effect(() => {
      const at = this.at();
      untracked(() => {
        if (at !== this.written && this.history.events().length > 0) void this.goTo(at);
      });
    });
    this.followAddress();
    this.followLive();
    inject(DeskCommands).offer(
      historyCommands({
        step: (by) => {
          this.history.go(this.history.index() + by);
        },
        leave: () => void this.router.navigate([], { queryParams: { at: null }, queryParamsHandling: 'merge' }),
      }),
    );
  }

  protected read(): void {
    void this.open(this.ticketId());
  }

  protected showTexts(): void {
    this.withTexts.set(true);
    void this.history.read(this.ticketId(), true);
  }

  private async open(ticketId: string): Promise<void> {
    this.withTexts.set(false);
    await this.history.read(ticketId);
    await this.goTo(this.at());
  }

  private async goTo(at: string): Promise<void> {
    this.written = at;
    const index = await this.history.indexAt(at);
    this.missing.set(index === undefined);
    this.history.go(index ?? 0);
  }

  /** The address says which moment is shown, so that it can be kept and passed on. */
  private followAddress(): void {
    effect((onCleanup) => {
      const position = this.history.event()?.position;
      const at = this.history.atNewest() ? 'latest' : position;
      if (at === undefined || at === this.at() || position === this.at()) return;
      const timer = setTimeout(() => {
        this.written = at;
        this.missing.set(false);
        void this.router.navigate([], { queryParams: { at }, queryParamsHandling: 'merge', replaceUrl: true });
      }, ADDRESS_MS);
      onCleanup(() => {
        clearTimeout(timer);
      });
    });
  }

  /** Events that others add appear at the end; who looks at the newest moment goes along. */
  private followLive(): void {
    effect(() => {
      const version = this.current.view()?.version;
      untracked(() => {
        const newest = this.history.events().at(-1)?.revision;
        if (version !== undefined && newest !== undefined && version > newest) void this.readOn();
      });
    });
  }

  private async readOn(): Promise<void> {
    const wasNewest = this.history.atNewest();
    await this.history.read(this.ticketId(), this.withTexts());
    if (wasNewest) this.history.go(this.history.events().length - 1);
  }
}
