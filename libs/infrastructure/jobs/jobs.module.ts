import { BullModule } from '@nestjs/bull';
import { type DynamicModule, Module } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { IssuedBy } from '@ledgerdesk/event-store';
import { Log } from '@ledgerdesk/logging';
import { Connections } from '@ledgerdesk/read-store';
import { EffectPerformer } from './effect-performer.js';
import { EFFECT_QUEUE, EffectProcessor, EffectQueue, QUEUE_PREFIX } from './effect-queue.js';
import type { Reaction } from './reaction.js';
import type { RestingWorkspaces } from './resting-workspaces.js';

export interface JobsModuleOptions {
  readonly redisUrl: string;
  readonly reactions: readonly Reaction[];
  /** None by default. */
  readonly resting?: RestingWorkspaces;
}

/**
 * The queue of effects and those who perform them. Needs the event store's module and a global provider of `Connections` of
 * the role `ld_project`.
 */
@Module({})
export class JobsModule {
  static forRoot({ redisUrl, reactions, resting }: JobsModuleOptions): DynamicModule {
    return {
      module: JobsModule,
      imports: [
        BullModule.registerQueue({
          name: EFFECT_QUEUE,
          url: redisUrl,
          prefix: QUEUE_PREFIX,
          // The table of effects is the record of what happened; Redis keeps nothing.
          defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
        }),
      ],
      providers: [
        EffectQueue,
        EffectProcessor,
        {
          provide: EffectPerformer,
          inject: [Connections, CommandBus, Log],
          useFactory: (connections: Connections, commands: CommandBus, log: Log) =>
            new EffectPerformer({
              reactions,
              ...(resting && { resting }),
              connections,
              execute: (command, context) => commands.execute(command, new IssuedBy(context)),
              onGivenUp: ({ reaction, eventId, stream }, err) => {
                log.error({ reaction, eventId, stream, err }, 'an effect was given up');
              },
            }),
        },
      ],
      exports: [EffectQueue],
    };
  }
}
