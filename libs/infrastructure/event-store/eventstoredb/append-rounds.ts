import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppendQueue, type Lane, type PendingAppend } from '../append-queue.js';
import { EventStoreUnavailable } from '../errors.js';
import type { AppendResult } from '../event-store.js';

/** Appends one stream's events; answers once the server has. */
export type AppendOne = (append: PendingAppend) => Promise<AppendResult>;

/**
 * Bounds what is on its way to the server: at most one round of the queue at a time, filled in turn by workspace, at most half of
 * it by imports. The appends of a round travel side by side, each as a call of its own.
 */
export class AppendRounds {
  private readonly queue: AppendQueue;
  private running: Promise<void> | undefined;
  private closed = false;

  constructor(
    private readonly appendOne: AppendOne,
    capacity: number,
  ) {
    this.queue = new AppendQueue(capacity);
  }

  /** @throws EventStoreBusy and the errors of `appendOne` */
  add(append: Omit<PendingAppend, 'resolve' | 'reject'>, lane: Lane): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      if (this.closed) throw new EventStoreUnavailable('The event store was closed.');
      this.queue.push({ ...append, resolve, reject }, lane);
      this.running ??= this.run();
    });
  }

  /** Finishes what was accepted. */
  async close(): Promise<void> {
    this.closed = true;
    await this.running;
  }

  private async run(): Promise<void> {
    for (;;) {
      // After a turn of the event loop all writers that the last round woke have queued their next append.
      await nextTurn();
      const round = this.queue.takeBatch();
      if (round.length === 0) break;
      await Promise.all(
        round.map((append) => this.appendOne(append).then(append.resolve.bind(append), append.reject.bind(append))),
      );
    }
    this.running = undefined;
  }
}
