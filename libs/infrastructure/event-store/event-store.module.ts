import { deriveKey } from '@ledgerdesk/config';
import { type DynamicModule, Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { EventCodec } from './codec/event-codec.js';
import { PersonalTexts } from './codec/personal-texts.js';
import { UpcasterRegistry, type Upcasters } from './codec/upcasters.js';
import type { CommandLine } from './commands/command-line.js';
import { CommandRunner } from './commands/command-runner.js';
import { LedgerCommandBus } from './commands/ledger-command-bus.js';
import { EVENT_STORE, type EventStore } from './event-store.js';
import { KeyRing } from './keys/key-ring.js';
import { KeyTable } from './keys/key-table.js';
import { KeyTransfer } from './keys/key-transfer.js';
import { Ledger } from './ledger.js';
import { openEventStore } from './open-event-store.js';
import { DatabaseClock } from './postgres/database-clock.js';
import { WorkspaceConnections } from './postgres/workspace-connections.js';

export interface EventStoreModuleOptions {
  /** Connection of the role `ld_app`. */
  readonly appUrl: string;
  /** Connection of the role `ld_project`. */
  readonly projectUrl: string;
  /** EventStoreDB, when the ledger is kept there. */
  readonly eventStoreUrl?: string | undefined;
  readonly installationKey: Uint8Array;
  /** Connections for reading streams and keys; 4 by default. */
  readonly connections?: number;
  /** Upcasters of contexts whose command handlers this process does not load. */
  readonly upcasters?: Upcasters;
  /** Called once per command, for the log. */
  readonly onCommand?: (line: CommandLine) => void;
}

/**
 * The ledger and the command bus, global: import it once, with `forRoot`, and never import `CqrsModule` yourself, which would
 * make a second bus.
 */
@Module({})
export class EventStoreModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(WorkspaceConnections) private readonly connections: WorkspaceConnections,
    @Inject(DatabaseClock) private readonly clock: DatabaseClock,
  ) {}

  static forRoot(options: EventStoreModuleOptions): DynamicModule {
    const { appUrl, projectUrl, eventStoreUrl, installationKey, upcasters = {}, onCommand } = options;
    return {
      module: EventStoreModule,
      global: true,
      imports: [commandBus()],
      providers: [
        {
          provide: WorkspaceConnections,
          useFactory: () =>
            new WorkspaceConnections({
              url: appUrl,
              ...(options.connections !== undefined && { connections: options.connections }),
            }),
        },
        {
          provide: EVENT_STORE,
          inject: [WorkspaceConnections],
          useFactory: (connections: WorkspaceConnections) =>
            openEventStore({ appUrl, projectUrl, connections, eventStoreUrl }),
        },
        {
          provide: DatabaseClock,
          inject: [WorkspaceConnections],
          useFactory: (connections: WorkspaceConnections) => new DatabaseClock(() => connections.time()),
        },
        {
          provide: UpcasterRegistry,
          useFactory: () => {
            const registry = new UpcasterRegistry();
            registry.register(upcasters);
            return registry;
          },
        },
        {
          provide: KeyRing,
          inject: [WorkspaceConnections],
          useFactory: (connections: WorkspaceConnections) =>
            new KeyRing(new KeyTable(connections), deriveKey(installationKey, 'key-wrapping')),
        },
        {
          provide: KeyTransfer,
          inject: [WorkspaceConnections, KeyRing],
          useFactory: (connections: WorkspaceConnections, keys: KeyRing) =>
            new KeyTransfer(new KeyTable(connections), keys),
        },
        {
          provide: EventCodec,
          inject: [KeyRing, UpcasterRegistry],
          useFactory: (keys: KeyRing, registry: UpcasterRegistry) => new EventCodec(keys, registry),
        },
        {
          provide: PersonalTexts,
          inject: [KeyRing],
          useFactory: (keys: KeyRing) => new PersonalTexts(keys),
        },
        {
          provide: Ledger,
          inject: [EVENT_STORE, EventCodec],
          useFactory: (store: EventStore, codec: EventCodec) => new Ledger(store, codec),
        },
        {
          provide: CommandRunner,
          inject: [EVENT_STORE, EventCodec, DatabaseClock],
          useFactory: (store: EventStore, codec: EventCodec, clock: DatabaseClock) =>
            new CommandRunner(store, codec, { clock, ...(onCommand && { onCommand }) }),
        },
      ],
      exports: [
        EVENT_STORE,
        DatabaseClock,
        UpcasterRegistry,
        KeyRing,
        KeyTransfer,
        EventCodec,
        PersonalTexts,
        Ledger,
        CommandRunner,
      ],
    };
  }

  async onModuleInit(): Promise<void> {
    await this.clock.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.clock.stop();
    await this.store.close();
    await this.connections.close();
  }
}

/** Nest's module with our bus in the place of its own. */
function commandBus(): DynamicModule {
  const cqrs = CqrsModule.forRoot();
  return { ...cqrs, providers: [...(cqrs.providers ?? []), { provide: CommandBus, useClass: LedgerCommandBus }] };
}
