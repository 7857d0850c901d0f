import { Injectable } from '@angular/core';

/** How long reads still ask for a position; projections are milliseconds behind, so this is ample. */
const ASK_FOR_MS = 5000;

/** The ledger position that the next read must already show: that of the last own write, or else of the last news. */
@Injectable({ providedIn: 'root' })
export class KnownPosition {
  private own = { position: '', until: 0 };
  private news = { position: '', until: 0 };

  /** This tab wrote something. */
  wrote(position: string): void {
    this.own = { position, until: Date.now() + ASK_FOR_MS };
  }

  /** This tab heard of something. */
  heard(position: string): void {
    this.news = { position, until: Date.now() + ASK_FOR_MS };
  }

  /** What a read should wait for, while that still makes sense. */
  current(): string | undefined {
    const now = Date.now();
    return [this.own, this.news].find(({ until }) => now < until)?.position;
  }
}
