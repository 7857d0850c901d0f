import { Component, computed, inject, input, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Session } from '@ledgerdesk/web-session';
import { DeskCommands, Skeleton, StatePanel } from '@ledgerdesk/web-ui';
import type { DeskCommand } from '@ledgerdesk/web-ui';
import { Panes } from '../panes';
import { CurrentTicket } from '../stores/current-ticket';
import { TicketActions } from './actions/ticket-actions';
import { ticketOffers } from './actions/ticket-offers';
import { Composer } from './composer/composer';
import { TicketDialogs } from './dialogs/ticket-dialogs';
import { TicketHead } from './head/ticket-head';
import { MergedBanner } from './head/merged-banner';
import { LedgerView } from './history/ledger-view';
import { Story } from './story/story';

/** The open ticket: its head, its story, and where an answer is written. */
@Component({
  selector: 'ld-ticket-pane',
  imports: [Composer, LedgerView, MatButton, MergedBanner, Skeleton, StatePanel, Story, TicketHead, TranslocoPipe],
  templateUrl: './ticket-pane.html',
  styleUrl: './ticket-pane.scss',
})
export class TicketPane {
  /** The moment to show the ticket and its ledger at; undefined: the ticket as it is, to work on. */
  readonly at = input<string>();
  protected readonly current = inject(CurrentTicket);
  protected readonly dialogs = inject(TicketDialogs);
  protected readonly panes = inject(Panes);
  protected readonly story = viewChild(Story);
  private readonly head = viewChild(TicketHead);
  private readonly composer = viewChild(Composer);
  private readonly actions = inject(TicketActions);
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly offers = ticketOffers(this.actions, this.dialogs, {
    reply: () => this.composer()?.write('reply'),
    note: () => this.composer()?.write('note'),
    rename: () => this.head()?.rename(),
    tag: () => this.head()?.tag(),
    history: () => void this.router.navigate([], { queryParams: { at: 'latest' }, queryParamsHandling: 'merge' }),
    mayReadHistory: () => this.session.can('read-ledger', 'Ticket'),
  });
  protected readonly moves = computed(() => this.offers.moves.filter(isEnabled));
  protected readonly others = computed(() => this.offers.others.filter(isEnabled));
  protected readonly mayWrite = computed(() => this.actions.may('reply') || this.actions.may('note'));

  constructor() {
    inject(DeskCommands).offer([...this.offers.placed, ...this.offers.moves, ...this.offers.others]);
  }
}

function isEnabled(command: DeskCommand): boolean {
  return command.enabled?.() ?? true;
}
