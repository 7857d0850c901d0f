import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { EVENT_STORE, type EventStore, Ledger } from '@ledgerdesk/event-store';
import { EffectQueue, EffectSweeper, ReactionConsumer } from '@ledgerdesk/jobs';
import { Log } from '@ledgerdesk/logging';
import { Connections, GenerationConsumers, ProjectionRunner, type Rebuilds } from '@ledgerdesk/read-store';
import { suspendedWorkspaces } from '@ledgerdesk/workspaces';
import { alarms } from './alarms.js';
import { ledgerSource } from './ledger-source.js';
import { rebuildsOf } from './rebuilds-of.js';
import { reactions } from './reactions.js';
import { schema } from './schema.js';

/** Everything of this process that follows the ledger: read models, reactions and their timers. */
@Injectable()
export class Followers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly runner: ProjectionRunner;
  private readonly sweeper: EffectSweeper;
  private readonly rebuilds: Rebuilds;

  constructor(
    @Inject(CONFIGURATION) configuration: Configuration,
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(Ledger) ledger: Ledger,
    @Inject(Connections) connections: Connections,
    @Inject(EffectQueue) private readonly queue: EffectQueue,
    @Inject(Log) log: Log,
  ) {
    const source = ledgerSource(store, ledger, (err) => {
      log.warn({ err }, 'lost the subscription to the ledger');
    });
    this.sweeper = new EffectSweeper({
      reactions,
      resting: suspendedWorkspaces,
      connections,
      source,
      positions: () => this.runner.positions(),
      enqueue: (pointers) => queue.enqueue(pointers),
      onFailure: (err) => {
        log.warn({ err }, 'could not enqueue what is due');
      },
    });
    const hurry = (): void => {
      this.sweeper.hurry();
    };
    this.runner = new ProjectionRunner({
      source,
      consumers: reactions.map((reaction) => new ReactionConsumer(reaction, hurry)),
      changing: new GenerationConsumers(schema.projections),
      connections,
      alarms: alarms(log),
    });
    this.rebuilds = rebuildsOf({ configuration, store, ledger, connections, log });
  }

  onApplicationBootstrap(): void {
    this.runner.start();
    this.sweeper.start();
    this.rebuilds.start();
  }

  /** Takes no new jobs, finishes what is in hand, and lets the next worker begin at once. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.rebuilds.stop();
    await this.sweeper.stop();
    await this.queue.stop();
    await this.runner.stop();
  }
}
