import type { Clock } from '@ledgerdesk/kernel';

const REFRESH_MILLISECONDS = 60_000;

/** The database's time, asked once; `undefined` when it can't be reached. Milliseconds since the epoch. */
export type AskTime = () => Promise<number | undefined>;

/**
 * The database's clock, so that nodes with wrong clocks still agree. Between two questions it runs on the monotonic timer: a
 * jump of the node's wall clock changes nothing. Until the first answer it is the node's own clock.
 */
export class DatabaseClock implements Clock {
  private offset = Date.now() - performance.now();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly askTime: AskTime) {}

  now(): number {
    return Math.round(performance.now() + this.offset);
  }

  async start(): Promise<void> {
    await this.refresh();
    this.timer = setInterval(() => void this.refresh(), REFRESH_MILLISECONDS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async refresh(): Promise<void> {
    const asked = performance.now();
    const time = await this.askTime();
    if (time === undefined) return;
    // The answer was true about half a round trip ago.
    const answered = performance.now();
    this.offset = time - (asked + answered) / 2;
  }
}
