import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { EVENT_STORE, type EventStore } from '@ledgerdesk/event-store';
import { effectQueueDepth } from '@ledgerdesk/jobs';
import { ProjectionProgress, ReadStore } from '@ledgerdesk/read-store';

/** What a part of the installation says about itself. */
export interface PartState {
  readonly status: 'up' | 'down';
  readonly [fact: string]: unknown;
}

/** A probe must answer before an orchestrator loses patience. */
const PATIENCE = 2_000;

/** Asks every part that the api leans on. */
@Injectable()
export class Parts implements OnApplicationShutdown {
  readonly #redis: Redis;

  constructor(
    @Inject(CONFIGURATION) { redisUrl }: Configuration,
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(EVENT_STORE) private readonly ledger: EventStore,
    @Inject(ProjectionProgress) private readonly progress: ProjectionProgress,
  ) {
    this.#redis = new Redis(redisUrl, { lazyConnect: true, maxRetriesPerRequest: 0, enableOfflineQueue: true });
    // Its state is what the probe reports; nobody else needs to hear of it.
    this.#redis.on('error', () => undefined);
  }

  async states(): Promise<{ postgres: PartState; redis: PartState; ledger: PartState; projections: PartState }> {
    const [postgres, redis, ledger, projections] = await Promise.all([
      stateOf(() => this.store.global((sql) => sql.rows('select 1'))),
      stateOf(() => this.#redis.ping()),
      stateOf(() => this.ledger.head()),
      stateOf(() => this.behind()),
    ]);
    return { postgres, redis, ledger, projections };
  }

  /** Seconds since each projection moved, for those that have not reached the newest event; 0 for the others. */
  async lag(): Promise<ReadonlyMap<string, { readonly seconds: number; readonly parkedStreams: number }>> {
    const [head, consumers] = await Promise.all([this.ledger.head(), this.progress.consumers()]);
    return new Map(
      consumers.map(({ consumer, position, parkedStreams, still }) => {
        const isBehind = this.ledger.compare(position, head) < 0;
        return [consumer, { seconds: isBehind ? still : 0, parkedStreams }];
      }),
    );
  }

  /** Jobs that wait for a worker or are with one; NaN when Redis does not say. */
  async queueDepth(): Promise<number> {
    try {
      return await effectQueueDepth(this.#redis);
    } catch {
      return Number.NaN;
    }
  }

  onApplicationShutdown(): void {
    this.#redis.disconnect();
  }

  private async behind(): Promise<Record<string, unknown>> {
    const consumers = await this.lag();
    const all = [...consumers.values()];
    return {
      lagSeconds: Math.round(Math.max(0, ...all.map(({ seconds }) => seconds))),
      parkedStreams: all.reduce((sum, { parkedStreams }) => sum + parkedStreams, 0),
    };
  }
}

async function stateOf(ask: () => Promise<unknown>): Promise<PartState> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, PATIENCE, new Error('late'));
  });
  try {
    const facts = await Promise.race([ask(), late]);
    return { status: 'up', ...(typeof facts === 'object' && !Array.isArray(facts) ? facts : {}) };
  } catch {
    return { status: 'down' };
  } finally {
    clearTimeout(timer);
  }
}
