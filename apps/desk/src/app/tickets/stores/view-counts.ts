import { Injectable, effect, inject, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Api, countTickets } from '@ledgerdesk/web-api';
import type { TicketCounts } from '@ledgerdesk/web-api';
import { LiveDesk } from '@ledgerdesk/web-realtime';
import { Session } from '@ledgerdesk/web-session';
import { debounceTime, merge, throttleTime } from 'rxjs';

/** A busy desk changes many times a second; counts that follow every three seconds are as good and cost little. */
const REFRESH_MS = 3000;
const NONE: TicketCounts = { views: {}, teams: {} };

/** How many tickets each view holds, up to the api's cap. */
@Injectable({ providedIn: 'root' })
export class ViewCounts {
  private readonly api = inject(Api);
  private readonly counts = signal<TicketCounts>(NONE);
  readonly current = this.counts.asReadonly();

  constructor() {
    const session = inject(Session);
    const live = inject(LiveDesk);
    effect(() => {
      const me = session.me();
      untracked(() => {
        this.counts.set(NONE);
        if (me !== undefined) void this.read();
      });
    });
    merge(live.changes, live.gone, live.resync)
      .pipe(
        throttleTime(REFRESH_MS, undefined, { leading: true, trailing: true }),
        debounceTime(150),
        takeUntilDestroyed(),
      )
      .subscribe(() => void this.read());
  }

  private async read(): Promise<void> {
    try {
      this.counts.set(await this.api.invoke(countTickets));
    } catch {
      // Old numbers are better than none; the next change asks again.
      return;
    }
  }
}
