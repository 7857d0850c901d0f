import { appendsOf } from '../append-history.js';
import { checkAppend } from '../check-append.js';
import type {
  AppendOptions,
  AppendResult,
  EventRecord,
  EventStore,
  ExpectedRevision,
  HistoryEvent,
  Position,
  ReadAllOptions,
  ReadOptions,
  StoredEvent,
  Subscriber,
  SubscribeOptions,
  Subscription,
} from '../event-store.js';
import { parseStreamName } from '../stream-name.js';
import { AppendBatches } from './append-batches.js';
import { AppendConnection } from './append-connection.js';
import { LogReader } from './log-reader.js';
import { LogSubscription } from './log-subscription.js';
import { checkPosition, comparePositions } from './positions.js';
import { MAX_READ, StreamReader } from './stream-reader.js';
import { WakeUp } from './wake-up.js';
import type { WorkspaceConnections } from './workspace-connections.js';

export interface PostgresEventStoreOptions {
  /** Connection of the role `ld_app`, for appends. */
  readonly appUrl: string;
  /** Connection of the role `ld_project`, for following the whole log. */
  readonly projectUrl: string;
  /** For reading single streams; closed by its owner. */
  readonly connections: WorkspaceConnections;
  /** Milliseconds until a silent server counts as hung; 10,000 by default. */
  readonly timeout?: number;
  /** Appends that may wait; 2,000 by default. */
  readonly queueCapacity?: number;
}

/** The event store on Postgres. Connects on first use. */
export class PostgresEventStore implements EventStore {
  private readonly batches: AppendBatches;
  private readonly streams: StreamReader;
  private readonly log: LogReader;
  private readonly wakeUp: WakeUp;
  private readonly subscriptions = new Set<Subscription>();

  constructor(options: PostgresEventStoreOptions) {
    const timeout = options.timeout ?? 10_000;
    this.batches = new AppendBatches(new AppendConnection(options.appUrl, timeout), options.queueCapacity ?? 2_000);
    this.streams = new StreamReader(options.connections);
    this.log = new LogReader(options.projectUrl, timeout);
    this.wakeUp = new WakeUp(options.projectUrl, timeout);
  }

  async append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly EventRecord[],
    { lane = 'interactive' }: AppendOptions = {},
  ): Promise<AppendResult> {
    const bytes = checkAppend(stream, expected, events);
    const { workspaceId } = parseStreamName(stream);
    return this.batches.add({ stream, workspaceId, expected, events, bytes }, lane);
  }

  async appendHistory(events: readonly HistoryEvent[]): Promise<void> {
    const appends = appendsOf(events);
    for (const { stream, expected, events: own } of appends) checkAppend(stream, expected, own);
    await this.batches.history(appends, events);
  }

  async read(stream: string, options: ReadOptions = {}): Promise<readonly StoredEvent[]> {
    return this.streams.read(stream, options);
  }

  async readAll({ after, prefix = '', max = MAX_READ }: ReadAllOptions): Promise<readonly StoredEvent[]> {
    const events: StoredEvent[] = [];
    let from: Position | undefined = checkPosition(after);
    const wanted = Math.min(Math.max(max, 1), MAX_READ);
    while (from !== undefined && events.length < wanted) {
      const page = await this.log.page(from, prefix, prefix === '' ? wanted - events.length : MAX_READ);
      events.push(...page.events);
      from = page.checkpoint;
    }
    return events.slice(0, wanted);
  }

  async head(): Promise<Position> {
    return this.log.head();
  }

  subscribe(options: SubscribeOptions, subscriber: Subscriber): Subscription {
    checkPosition(options.after);
    this.wakeUp.start();
    const running = new LogSubscription(this.log, this.wakeUp, options, subscriber);
    const subscription: Subscription = {
      close: async () => {
        this.subscriptions.delete(subscription);
        await running.close();
      },
    };
    this.subscriptions.add(subscription);
    return subscription;
  }

  compare(a: Position, b: Position): number {
    return comparePositions(checkPosition(a), checkPosition(b));
  }

  /** Positions are dense. */
  distance(a: Position, b: Position): number {
    return Math.max(0, Number(checkPosition(b)) - Number(checkPosition(a)));
  }

  async close(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.close()));
    await Promise.all([this.batches.close(), this.wakeUp.close()]);
    await this.log.close();
  }
}
