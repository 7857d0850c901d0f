import { Component, DestroyRef, computed, inject, input, output, signal } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import type { LedgerEvent } from '@ledgerdesk/web-api';
import { Icon, Language } from '@ledgerdesk/web-ui';
import { InstantPipe, instantText } from '../words/instant';
import { dayMarks, shareOf, tickPaths } from './slider-marks';

const PLAY_MS = 900;

/** Moves through the history of a ticket, event by event: by dragging, by arrow keys, by steps, or by itself. */
@Component({
  selector: 'ld-time-slider',
  imports: [Icon, InstantPipe, MatIconButton, TranslocoPipe],
  templateUrl: './time-slider.html',
  styleUrl: './time-slider.scss',
})
export class TimeSlider {
  /** Oldest first; at least one. */
  readonly events = input.required<readonly LedgerEvent[]>();
  readonly index = input.required<number>();
  /** What the chosen event is, in words. */
  readonly label = input.required<string>();
  /** Another event is chosen. */
  readonly moved = output<number>();

  protected readonly playing = signal(false);
  protected readonly last = computed(() => this.events().length - 1);
  protected readonly newest = computed(() => this.index() >= this.last());
  protected readonly done = computed(() => shareOf(this.index(), this.events().length));
  protected readonly ticks = computed(() => tickPaths(this.events()));
  protected readonly dayMarks = computed(() => dayMarks(this.events()));
  protected readonly atText = computed(() => {
    const at = this.events()[this.index()]?.occurredAt;
    return at === undefined ? '' : instantText(at, 'moment', this.language.current());
  });
  protected readonly valueText = computed(() => {
    const step = this.texts.translate('history.step', { step: this.index() + 1, count: this.events().length });
    return `${step}: ${this.label()}, ${this.atText()}`;
  });
  private readonly language = inject(Language);
  private readonly texts = inject(TranslocoService);
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      clearInterval(this.timer);
    });
  }

  /** Plays from here to the newest event (from the beginning when it is there already), or pauses. */
  toggle(): void {
    if (this.playing()) {
      this.pause();
      return;
    }
    this.playing.set(true);
    if (this.newest()) this.moved.emit(0);
    this.timer = setInterval(() => {
      if (this.newest()) this.pause();
      else this.moved.emit(this.index() + 1);
    }, PLAY_MS);
  }

  /** A person moves it: playing stops. */
  protected move(index: number): void {
    this.pause();
    this.moved.emit(index);
  }

  private pause(): void {
    clearInterval(this.timer);
    this.playing.set(false);
  }
}
