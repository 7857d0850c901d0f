import { randomUUID } from 'node:crypto';
import type { DomainEvent, Recorded } from '@ledgerdesk/kernel';
import type { LedgerEvent, LedgerPage, LedgerPosition, LedgerSource } from '../projections/ledger-consumer.js';

interface Follower {
  wake: () => void;
}

/** A ledger in memory for the specs of runners. What it is asked for is what the real one is asked for. */
export class MemoryLedger implements LedgerSource {
  readonly events: LedgerEvent[] = [];
  private readonly revisions = new Map<string, number>();
  private readonly followers = new Set<Follower>();

  append(workspaceId: string, category: string, id: string, event: DomainEvent, imported = false): LedgerEvent {
    const stream = `${category}-${workspaceId.replaceAll('-', '')}_${id}`;
    const revision = (this.revisions.get(stream) ?? -1) + 1;
    const position = String(this.events.length + 1);
    const at = new Date().toISOString();
    const content: Recorded = {
      ...event,
      id: randomUUID(),
      stream,
      revision,
      position,
      metadata: {
        workspaceId,
        actor: 'system:spec',
        cause: 'job:spec',
        commandId: randomUUID(),
        correlationId: randomUUID(),
        v: '1',
        occurredAt: at,
        recordedAt: at,
        previousHash: '',
        hash: '',
        ...(imported && { imported: 'true' as const }),
      },
    };
    const added: LedgerEvent = { stream, category, workspaceId, revision, position, content };
    this.revisions.set(stream, revision);
    this.events.push(added);
    for (const follower of this.followers) follower.wake();
    return added;
  }

  /** The event at one place of a stream. */
  at(stream: string, revision: number): Promise<LedgerEvent> {
    const found = this.events.find((event) => event.stream === stream && event.revision === revision);
    return found ? Promise.resolve(found) : Promise.reject(new Error('There is no such event.'));
  }

  read(after: LedgerPosition, max: number, categories: ReadonlySet<string>): Promise<LedgerPage> {
    const events = this.events.slice(Number(after), Number(after) + max);
    const to = events.at(-1)?.position ?? after;
    return Promise.resolve({ from: after, to, events: events.filter(({ category }) => categories.has(category)) });
  }

  follow(
    after: LedgerPosition,
    categories: ReadonlySet<string>,
    onPage: (page: LedgerPage) => Promise<void>,
  ): { close(): Promise<void> } {
    const closing = new AbortController();
    const finished = this.feed(after, categories, onPage, closing.signal);
    return {
      close: () => {
        closing.abort();
        return finished;
      },
    };
  }

  head(): Promise<LedgerPosition> {
    return Promise.resolve(this.events.at(-1)?.position ?? '');
  }

  compare(a: LedgerPosition, b: LedgerPosition): number {
    return Number(a) - Number(b);
  }

  private async feed(
    after: LedgerPosition,
    categories: ReadonlySet<string>,
    onPage: (page: LedgerPage) => Promise<void>,
    closing: AbortSignal,
  ): Promise<void> {
    let position = after;
    while (!closing.aborted) {
      const page = await this.read(position, 50, categories);
      if (page.to === position) await this.nextAppend(position, closing);
      else await onPage(page);
      position = page.to;
    }
  }

  /** Resolves at once when it was appended or closed after the page was read. */
  private async nextAppend(after: LedgerPosition, closing: AbortSignal): Promise<void> {
    if (closing.aborted || this.events.length > Number(after)) return;
    await new Promise<void>((resolve) => {
      const follower: Follower = {
        wake: () => {
          this.followers.delete(follower);
          resolve();
        },
      };
      this.followers.add(follower);
      closing.addEventListener('abort', follower.wake, { once: true });
    });
  }
}
