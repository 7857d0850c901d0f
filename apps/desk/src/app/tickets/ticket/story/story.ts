import {
  Component,
  DestroyRef,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import type { ElementRef } from '@angular/core';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import type { TimelineEntry } from '@ledgerdesk/web-api';
import { Icon } from '@ledgerdesk/web-ui';
import { ActorNames } from '../words/actor-names';
import type { KnownCustomer } from '../words/actor-names';
import { InstantPipe } from '../words/instant';
import { FactRun } from './fact-run';
import { MessageCard } from './message-card';
import { storyBlocks } from './story-blocks';

/** Distance from the newest entry, in CSS pixels, at which a person still reads along. */
const READS_ALONG = 48;

/** The story of a ticket: opens at the newest entry, reads older pages when their edge comes near. */
@Component({
  selector: 'ld-story',
  imports: [FactRun, Icon, InstantPipe, MessageCard, TranslocoPipe],
  templateUrl: './story.html',
  styleUrl: './story.scss',
})
export class Story {
  /** Oldest first. */
  readonly entries = input.required<readonly TimelineEntry[]>();
  readonly customer = input.required<KnownCustomer>();
  readonly hasOlder = input(false);
  /** Id of an entry that is marked as what just changed. */
  readonly marked = input<string>();
  /** Shown as of a moment: nothing can be done with what is in it. */
  readonly past = input(false);
  /** The oldest entry shown is near the edge: the page before it is wanted. */
  readonly older = output();

  protected readonly blocks = computed(() => storyBlocks(this.entries()));
  protected readonly unseen = signal(0);
  protected readonly arrival = signal('');
  private readonly scroll = viewChild.required<ElementRef<HTMLElement>>('scroll');
  private readonly edge = viewChild.required<ElementRef<HTMLElement>>('edge');
  private readonly actors = inject(ActorNames);
  private readonly texts = inject(TranslocoService);
  private newest: TimelineEntry | undefined;

  constructor() {
    const destroy = inject(DestroyRef);
    effect(() => {
      const entries = this.entries();
      untracked(() => {
        this.follow(entries);
      });
    });
    afterNextRender(() => {
      const observer = new IntersectionObserver(
        ([seen]) => {
          if (seen?.isIntersecting === true && this.hasOlder()) this.older.emit();
        },
        { root: this.scroll().nativeElement, rootMargin: '600px 0px 0px' },
      );
      observer.observe(this.edge().nativeElement);
      destroy.onDestroy(() => {
        observer.disconnect();
      });
    });
  }

  /** Goes to the newest entry. */
  toNewest(): void {
    this.unseen.set(0);
    this.scroll().nativeElement.scrollTop = 0;
  }

  protected scrolled(): void {
    if (this.readsAlong()) this.unseen.set(0);
  }

  /** Tells what arrives: aloud, and as a count when the reader is further up. */
  private follow(entries: readonly TimelineEntry[]): void {
    const before = this.newest;
    this.newest = entries.at(-1);
    const place = entries.findIndex(({ id }) => id === before?.id);
    if (place < 0) {
      this.unseen.set(0);
      return;
    }
    const arrived = entries.slice(place + 1).filter(({ kind }) => kind !== 'fact');
    const last = arrived.at(-1);
    if (last === undefined) return;
    if (!this.readsAlong()) this.unseen.update((count) => count + arrived.length);
    const name = this.actors.authorOf(last, this.customer());
    this.arrival.set(`${this.texts.translate(`voice.${last.kind}`)}, ${name}: ${last.text ?? ''}`);
  }

  /** The distance is counted from the bottom: zero there, negative above. */
  private readsAlong(): boolean {
    return this.scroll().nativeElement.scrollTop > -READS_ALONG;
  }
}
