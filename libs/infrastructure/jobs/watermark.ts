import type { LedgerPosition } from '@ledgerdesk/read-store';

interface Sample {
  readonly instant: Date;
  readonly head: LedgerPosition;
}

/**
 * The instant up to which a consumer has consumed the ledger: it has passed the event that was the newest at that instant.
 * One sample is kept until it is reached, so a busy ledger, whose end is never reached, still brings it forward.
 */
export class Watermark {
  private reached: Date | undefined;
  private sample: Sample | undefined;

  constructor(private readonly compare: (a: LedgerPosition, b: LedgerPosition) => number) {}

  /** `instant` was read before `head`, by the database's clock. */
  advance(sample: Sample, position: LedgerPosition): Date | undefined {
    this.sample ??= sample;
    if (this.compare(position, this.sample.head) >= 0) {
      this.reached = this.sample.instant;
      this.sample = undefined;
      if (this.compare(position, sample.head) >= 0) this.reached = sample.instant;
    }
    return this.reached;
  }

  /** Another process may have run the consumer meanwhile. */
  forget(): void {
    this.reached = undefined;
    this.sample = undefined;
  }
}
