import { EventStoreBusy } from './errors.js';
import type { AppendResult, EventRecord, ExpectedRevision } from './event-store.js';

/** An append that waits for its batch. */
export interface PendingAppend {
  readonly stream: string;
  readonly workspaceId: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly EventRecord[];
  readonly bytes: number;
  resolve(result: AppendResult): void;
  reject(error: unknown): void;
}

export type Lane = 'interactive' | 'bulk';

const BATCH_COMMANDS = 200;
const BULK_COMMANDS = BATCH_COMMANDS / 2;
const BATCH_BYTES = 8 * 1024 * 1024;

/**
 * Waiting appends, bounded. Batches are filled in turn by workspace, so a busy one does not hold up the others, and hold at
 * most one append per stream, so that their order never matters. Imports fill at most half of a batch.
 */
export class AppendQueue {
  private readonly lanes = {
    interactive: new Map<string, PendingAppend[]>(),
    bulk: new Map<string, PendingAppend[]>(),
  };
  private size = 0;

  constructor(private readonly capacity: number) {}

  /** @throws EventStoreBusy when the queue is full */
  push(append: PendingAppend, lane: Lane): void {
    if (this.size >= this.capacity) throw new EventStoreBusy();
    this.size += 1;
    const queue = this.lanes[lane].get(append.workspaceId);
    if (queue) queue.push(append);
    else this.lanes[lane].set(append.workspaceId, [append]);
  }

  /** The next batch; empty when nothing waits. */
  takeBatch(): readonly PendingAppend[] {
    const batch = new Batch();
    this.fill(batch, this.lanes.interactive, BATCH_COMMANDS);
    this.fill(batch, this.lanes.bulk, Math.min(BATCH_COMMANDS, batch.appends.length + BULK_COMMANDS));
    this.size -= batch.appends.length;
    return batch.appends;
  }

  /** Everything that waits, taken out. */
  drain(): readonly PendingAppend[] {
    const all = Object.values(this.lanes).flatMap((lane) => [...lane.values()].flat());
    for (const lane of Object.values(this.lanes)) lane.clear();
    this.size = 0;
    return all;
  }

  private fill(batch: Batch, lane: Map<string, PendingAppend[]>, limit: number): void {
    let progress = true;
    while (progress && batch.hasRoom(limit)) {
      progress = false;
      for (const [workspaceId, queue] of [...lane]) {
        if (!batch.hasRoom(limit)) break;
        const index = queue.findIndex((append) => batch.accepts(append));
        const append = index === -1 ? undefined : queue.splice(index, 1).at(0);
        if (!append) continue;
        batch.add(append);
        progress = true;
        // Whoever was served goes to the end of the turn.
        lane.delete(workspaceId);
        if (queue.length > 0) lane.set(workspaceId, queue);
      }
    }
  }
}

class Batch {
  readonly appends: PendingAppend[] = [];
  private readonly streams = new Set<string>();
  private bytes = 0;

  hasRoom(limit: number): boolean {
    return this.appends.length < limit && this.bytes < BATCH_BYTES;
  }

  accepts(append: PendingAppend): boolean {
    return !this.streams.has(append.stream);
  }

  add(append: PendingAppend): void {
    this.appends.push(append);
    this.streams.add(append.stream);
    this.bytes += append.bytes;
  }
}
