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
  private isDisciplined = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly askTime: AskTime) {}

  now(): number {
    return Math.round(performance.now() + this.offset);
  }

  async start(): Promise<void> {
    await this.refresh();
    // The first answer waited for a connection to be opened, on a busy machine for seconds; the second one has its way ready.
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
    // The answer was true at some moment between. A clock that agrees with that is left alone: a slow answer of a busy machine would
    // else move it by half a round trip, and what is written next could seem older than what was written before.
    const answered = performance.now();
    const [earliest, latest] = [time - answered, time - asked];
    this.offset = this.isDisciplined ? Math.min(Math.max(this.offset, earliest), latest) : (earliest + latest) / 2;
    this.isDisciplined = true;
  }
}
