import { Component, computed, inject, input } from '@angular/core';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import type { TimelineEntry } from '@ledgerdesk/web-api';
import { Avatar, Icon, Language } from '@ledgerdesk/web-ui';
import type { IconName } from '@ledgerdesk/web-ui';
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
  imports: [Avatar, Icon, InstantPipe, TranslocoPipe],
  templateUrl: './message-card.html',
  styleUrl: './message-card.scss',
})
export class MessageCard {
  readonly entry = input.required<TimelineEntry>();
  readonly customer = input.required<KnownCustomer>();
  private readonly actors = inject(ActorNames);
  private readonly texts = inject(TranslocoService);
  private readonly language = inject(Language);

  protected readonly name = computed(() => this.actors.authorOf(this.entry(), this.customer()));
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
