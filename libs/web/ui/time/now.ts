import { DestroyRef, Injectable, inject, signal } from '@angular/core';

const TICK_MS = 20_000;

/** The present, moving on every twenty seconds: one timer for every relative time on the screen. */
@Injectable({ providedIn: 'root' })
export class Now {
  private readonly instant = signal(Date.now());
  /** Milliseconds since the Unix epoch. */
  readonly at = this.instant.asReadonly();

  constructor() {
    const timer = setInterval(() => {
      this.instant.set(Date.now());
    }, TICK_MS);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(timer);
    });
  }
}
