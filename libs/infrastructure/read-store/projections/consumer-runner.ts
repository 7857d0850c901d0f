import { setTimeout as delay } from 'node:timers/promises';
import type { Connections } from '../connections.js';
import type { Sql } from '../sql.js';
import { isInfrastructure } from '../unavailable.js';
import { claimCheckpoint, Fenced, moveCheckpoint, type Claim } from './checkpoint.js';
import {
  EVERY_CATEGORY,
  identityOf,
  type LedgerConsumer,
  type LedgerEvent,
  type LedgerPage,
  type LedgerPosition,
  type RunnerAlarms,
} from './ledger-consumer.js';
import { BEHIND, park, parkedStreams, reasonOf } from './parking.js';
import { inParts, toldTo } from './told-again.js';

/** Times an event is tried alone before it is put aside. */
const ATTEMPTS = 3;
const RETRY_MS = 50;

/** A consumer for which nothing happened tells its position at most this often. */
const IDLE_FLUSH_MS = 200;

export interface RunnerSurroundings {
  readonly connections: Connections;
  /** Identity of this process among the runners. */
  readonly owner: string;
  readonly compare: (a: LedgerPosition, b: LedgerPosition) => number;
  readonly alarms: RunnerAlarms;
}

/** What a runner knows while the consumer is its own. */
interface Tenure {
  claim: Claim;
  /** At or after the claim's position: events nobody cares about are passed in memory first. */
  position: LedgerPosition;
  readonly parked: Set<string>;
}

/** Brings one consumer forward: events and checkpoint in one transaction, fenced by the checkpoint's epoch. */
export class ConsumerRunner {
  private tenure: Tenure | undefined;
  /** When the position was stored last. Never by the wall clock: one that is put back would silence the consumer for as long. */
  private told = 0;

  constructor(
    readonly consumer: LedgerConsumer,
    private readonly around: RunnerSurroundings,
  ) {}

  /** What its checkpoint goes by. */
  get identity(): string {
    return identityOf(this.consumer);
  }

  /** How far it is, `undefined` while another process runs it. */
  get position(): LedgerPosition | undefined {
    return this.tenure?.position;
  }

  /** Takes the consumer over when it is free. */
  async claim(): Promise<boolean> {
    if (this.tenure) return true;
    this.tenure = await this.around.connections.use(async (sql) => {
      const claim = await claimCheckpoint(sql, this.consumer, this.around.owner);
      return claim && { claim, position: claim.position, parked: await parkedStreams(sql, this.identity) };
    });
    return this.tenure !== undefined;
  }

  /** Applies the part of the page that is new to it. An infrastructure error gives the consumer back and is reported. */
  async take(page: LedgerPage): Promise<void> {
    const { tenure } = this;
    if (!tenure || !this.follows(page, tenure)) return;
    const events = page.events.filter((event) => this.concerns(event, tenure));
    await this.guarded(async () => {
      for (const part of inParts(events, page.to)) await this.applyOrPark(tenure, part.events, part.to);
      tenure.position = page.to;
      await this.flushNow(tenure, IDLE_FLUSH_MS);
    });
  }

  /** Stores a position that moved in memory only. */
  async flush(): Promise<void> {
    const { tenure } = this;
    if (tenure) await this.guarded(() => this.flushNow(tenure, IDLE_FLUSH_MS));
  }

  /** Steps aside when the checkpoint has another epoch: it was taken away while nothing happened. */
  confirm(epoch: string | undefined): void {
    if (this.tenure && this.tenure.claim.epoch !== epoch) this.giveUp();
  }

  /** Forgets the ownership; the lease is the caller's business. */
  giveUp(): void {
    this.tenure = undefined;
    this.consumer.settled('rolled-back');
  }

  /** A page that begins later would leave a gap: it was read for a position that this runner no longer has. */
  private follows(page: LedgerPage, { position }: Tenure): boolean {
    return this.around.compare(page.from, position) <= 0 && this.around.compare(page.to, position) > 0;
  }

  private concerns({ category, position, content }: LedgerEvent, tenure: Tenure): boolean {
    const { consumer, around } = this;
    const isRead = consumer.categories.includes(category) || consumer.categories.includes(EVERY_CATEGORY);
    if (!isRead || around.compare(position, tenure.position) <= 0) return false;
    return content instanceof Error || consumer.concerns?.(content) !== false;
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.giveUp();
      if (error instanceof Fenced) return;
      this.around.alarms.runnerFailing({
        consumer: this.identity,
        error: error instanceof Error ? error : new Error(String(error)),
      });
    }
  }

  private async applyOrPark(tenure: Tenure, events: readonly LedgerEvent[], to: LedgerPosition): Promise<void> {
    try {
      await this.commit(tenure, events, to);
    } catch (error) {
      if (error instanceof Fenced || isInfrastructure(error)) throw error;
      for (const event of events) await this.applyAlone(tenure, event);
    }
  }

  private async applyAlone(tenure: Tenure, event: LedgerEvent): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.commit(tenure, [event], event.position);
        return;
      } catch (error) {
        if (error instanceof Fenced || isInfrastructure(error)) throw error;
        if (attempt < ATTEMPTS) await delay(RETRY_MS);
        else return this.putAside(tenure, event, reasonOf(error));
      }
    }
  }

  private async putAside(tenure: Tenure, event: LedgerEvent, reason: string): Promise<void> {
    const consumer = this.identity;
    await this.transaction(tenure, event.position, (sql) => park(sql, consumer, [event], reason));
    tenure.parked.add(event.stream);
    this.around.alarms.eventParked({ consumer, stream: event.stream, revision: event.revision, reason });
  }

  private async commit(tenure: Tenure, events: readonly LedgerEvent[], to: LedgerPosition): Promise<void> {
    const behind = events.filter((event) => tenure.parked.has(event.stream));
    const ready = behind.length === 0 ? events : events.filter((event) => !tenure.parked.has(event.stream));
    const told = await toldTo(this.consumer, ready);
    await this.transaction(tenure, to, async (sql) => {
      await park(sql, this.identity, behind, BEHIND);
      if (told.length > 0) await this.consumer.apply(sql, told);
    });
  }

  private async flushNow(tenure: Tenure, everyMs: number): Promise<void> {
    if (tenure.position === tenure.claim.position || performance.now() - this.told < everyMs) return;
    await this.transaction(tenure, tenure.position, () => Promise.resolve());
  }

  private async transaction(tenure: Tenure, to: LedgerPosition, work: (sql: Sql) => Promise<void>): Promise<void> {
    try {
      await this.around.connections.use((connection) =>
        connection.transaction(async (sql) => {
          await moveCheckpoint(sql, tenure.claim, to);
          await work(sql);
        }),
      );
    } catch (error) {
      this.consumer.settled('rolled-back');
      throw error;
    }
    tenure.claim = { ...tenure.claim, position: to };
    tenure.position = to;
    this.told = performance.now();
    this.consumer.settled('committed');
  }
}
