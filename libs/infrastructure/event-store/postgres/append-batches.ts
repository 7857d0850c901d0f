import { setImmediate as nextTurn } from 'node:timers/promises';
import { EventStoreUnavailable, WrongRevision } from '../errors.js';
import type { Append } from '../append-history.js';
import type { AppendResult, HistoryEvent } from '../event-store.js';
import type { AppendAnswer, AppendConnection } from './append-connection.js';
import { OUTCOME } from './append-function.js';
import { AppendQueue, type Lane, type PendingAppend } from '../append-queue.js';
import { breaksConnection, isTimeout, typedFailure } from './failures.js';

/**
 * Group commit: one batch in flight, everything that arrives meanwhile goes into the next. One commit then serves many
 * commands, which is what makes a global order affordable.
 */
export class AppendBatches {
  private readonly queue: AppendQueue;
  private running: Promise<void> | undefined;
  private closed = false;

  constructor(
    private readonly connection: AppendConnection,
    capacity: number,
  ) {
    this.queue = new AppendQueue(capacity);
  }

  /** @throws EventStoreBusy, WrongRevision, EventStoreUnavailable, EventStoreTimeout */
  add(append: Omit<PendingAppend, 'resolve' | 'reject'>, lane: Lane): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      if (this.closed) throw new EventStoreUnavailable('The event store was closed.');
      this.queue.push({ ...append, resolve, reject }, lane);
      this.running ??= this.run();
    });
  }

  /** One call of its own, in one transaction. @param appends what `events` are for each stream */
  async history(appends: readonly Append[], events: readonly HistoryEvent[]): Promise<void> {
    const answers = await this.send(() => this.connection.appendHistory(appends, events)).catch((error: unknown) => {
      throw typedFailure(error);
    });
    const refused = answers.findIndex(({ outcome }) => outcome === OUTCOME.wrongRevision);
    const append = appends[refused];
    if (append) throw wrongRevision(append, answers[refused]);
  }

  /** Finishes what was accepted. */
  async close(): Promise<void> {
    this.closed = true;
    await this.running;
    await this.connection.close();
  }

  private async run(): Promise<void> {
    for (;;) {
      // After a turn of the event loop all writers that the last batch woke have queued their next append.
      await nextTurn();
      const batch = this.queue.takeBatch();
      if (batch.length === 0) break;
      await this.execute(batch);
    }
    this.running = undefined;
  }

  private async execute(batch: readonly PendingAppend[]): Promise<void> {
    try {
      const answers = await this.send(() => this.connection.append(batch));
      for (const [index, append] of batch.entries()) settle(append, answers[index]);
    } catch (error) {
      if (isTimeout(error) || breaksConnection(error) || batch.length === 1) {
        for (const append of batch) append.reject(typedFailure(error));
        return;
      }
      // The batch was rolled back because of one of its appends: alone, the others succeed.
      for (const append of batch) await this.execute([append]);
    }
  }

  /** A lost connection leaves the outcome open; the same event ids make a second try harmless. */
  private async send(call: () => Promise<readonly AppendAnswer[]>): Promise<readonly AppendAnswer[]> {
    try {
      return await call();
    } catch (error) {
      if (isTimeout(error) || !breaksConnection(error)) throw error;
      return call();
    }
  }
}

function settle(append: PendingAppend, answer: AppendAnswer | undefined): void {
  const { stream, expected, events } = append;
  if (!answer) append.reject(new Error(`The database did not answer for ${stream}.`));
  else if (answer.outcome === OUTCOME.wrongRevision || answer.position === null) {
    append.reject(wrongRevision(append, answer));
  } else {
    const revision = (expected === 'no_stream' ? -1 : expected) + events.length;
    append.resolve({ revision, position: answer.position });
  }
}

function wrongRevision({ stream, expected }: Append, answer: AppendAnswer | undefined): WrongRevision {
  const actual = answer?.actual ?? -1;
  return new WrongRevision(stream, expected, actual === -1 ? 'no_stream' : actual);
}
