import { Component, computed, inject, input } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import type { TimelineEntry } from '@ledgerdesk/web-api';
import { Avatar, Icon, Language } from '@ledgerdesk/web-ui';
import type { IconName } from '@ledgerdesk/web-ui';
import { CurrentTicket } from '../../stores/current-ticket';
import { UnionTickets } from '../../stores/union-tickets';
import { TicketActions } from '../actions/ticket-actions';
import { TicketDialogs } from '../dialogs/ticket-dialogs';
import { canBeSplitOff } from './can-be-split-off';
import { ActorNames } from '../words/actor-names';
import type { KnownCustomer } from '../words/actor-names';
import { InstantPipe, instantText } from '../words/instant';

const VOICE_ICON: Readonly<Partial<Record<TimelineEntry['kind'], IconName>>> = {
  public_reply: 'reply',
  note: 'lock',
  handoff: 'lock',
};

/** A message in one of three voices: the customer's, our reply, or an internal note (also a handoff). */
@Component({
  selector: 'ld-message-card',
  imports: [
    Avatar,
    Icon,
    InstantPipe,
    MatIconButton,
    MatMenu,
    MatMenuContent,
    MatMenuItem,
    MatMenuTrigger,
    RouterLink,
    TranslocoPipe,
  ],
  templateUrl: './message-card.html',
  styleUrl: './message-card.scss',
})
export class MessageCard {
  readonly entry = input.required<TimelineEntry>();
  readonly customer = input.required<KnownCustomer>();
  /** Shown as of a moment: nothing can be done with it. */
  readonly past = input(false);
  private readonly actors = inject(ActorNames);
  private readonly texts = inject(TranslocoService);
  private readonly language = inject(Language);

  protected readonly dialogs = inject(TicketDialogs);
  private readonly actions = inject(TicketActions);
  private readonly current = inject(CurrentTicket);
  private readonly union = inject(UnionTickets);

  protected readonly name = computed(() =>
    this.actors.authorOf(this.entry(), this.union.customerOf(this.entry()) ?? this.customer()),
  );
  /** The merged ticket that it was written in, or for; or the one that it came from. */
  protected readonly origin = computed(() => this.union.originOf(this.entry()));
  /** Not said where it goes on. */
  protected readonly movedTo = computed(() => {
    const to = this.entry().movedTo;
    return to?.ticketId === this.current.id() ? null : to;
  });
  protected readonly mayBeSplitOff = computed(
    () =>
      this.actions.may('merge') &&
      this.entry().ticketId === this.current.id() &&
      canBeSplitOff(this.entry()) &&
      !this.past(),
  );
  protected readonly voice = computed(() => `voice.${this.entry().kind}`);
  protected readonly icon = computed(() => VOICE_ICON[this.entry().kind]);
  protected readonly assignee = computed(() => {
    const handoff = this.entry().handoff;
    return handoff === null ? '' : this.actors.nameOf(`member:${handoff.assigneeId}`);
  });
  protected readonly label = computed(() => {
    const at = instantText(this.entry().at, 'moment', this.language.current());
    return `${this.texts.translate(this.voice())}, ${this.name()}, ${at}`;
  });
}
