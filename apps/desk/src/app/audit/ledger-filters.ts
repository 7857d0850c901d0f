import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslocoPipe } from '@jsverse/transloco';
import { People } from '../tickets/stores/people';
import { localInput } from '../tickets/ticket/dialogs/pend-presets';
import { ActorNames } from '../tickets/ticket/words/actor-names';
import { EVENT_TYPES, EventWords } from '../tickets/ticket/words/event-words';
import type { LedgerQuestion } from './ledger-list';

const ACTOR = /^(?:member|customer|key|platform|system):[\w-]{1,80}$/u;

/** The filters of the ledger: type, actor, stream, and time of recording. */
@Component({
  selector: 'ld-ledger-filters',
  imports: [MatButton, TranslocoPipe],
  templateUrl: './ledger-filters.html',
  styleUrl: './ledger-filters.scss',
})
export class LedgerFilters {
  readonly question = input.required<LedgerQuestion>();
  /** Filters that are different now; an empty text takes one away. */
  readonly changed = output<LedgerQuestion>();

  protected readonly types = Object.entries(EVENT_TYPES);
  protected readonly words = inject(EventWords);
  protected readonly wrongActor = signal(false);
  private readonly people = inject(People);
  private readonly actors = inject(ActorNames);
  protected readonly members = computed(() =>
    this.people
      .members()
      .filter(({ canSignIn }) => canSignIn)
      .sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '')),
  );
  protected readonly filtered = computed(() => Object.values(this.question()).some((value) => Boolean(value)));
  protected readonly actorText = computed(() => {
    const actor = this.question().actor ?? '';
    return actor.startsWith('member:') ? this.actors.nameOf(actor) : actor;
  });

  /** A member's name, or an actor as the ledger writes it. */
  protected takeActor(text: string): void {
    const wanted = text.trim();
    const member = this.people.members().find(({ name }) => name?.toLocaleLowerCase() === wanted.toLocaleLowerCase());
    const actor = member === undefined ? wanted : `member:${member.id}`;
    const readable = actor === '' || ACTOR.test(actor);
    this.wrongActor.set(!readable);
    if (readable) this.changed.emit({ actor });
  }

  protected local(at: string | undefined): string {
    return at === undefined || Number.isNaN(Date.parse(at)) ? '' : localInput(new Date(at));
  }

  protected instant(local: string): string {
    return local === '' ? '' : new Date(local).toISOString();
  }
}
