import { Global, Module } from '@nestjs/common';
import { KEY_HOLDERS } from '@ledgerdesk/auth';
import { CONFIGURATION, type Configuration, deriveKey } from '@ledgerdesk/config';
import { commandHandlers, DatabaseClock, EVENT_STORE, EventCodec, type EventStore } from '@ledgerdesk/event-store';
import { Log } from '@ledgerdesk/logging';
import { ReadStore } from '@ledgerdesk/read-store';
import { Directory, RightsOfSeats, WorkspacesModule } from '@ledgerdesk/workspaces';
import { CreateApiKey, RevokeApiKey, RollApiKey } from './domain/api-key.commands.js';
import { apiKeyDecider } from './domain/api-key.decider.js';
import { ApiKeysController } from './http/api-keys.controller.js';
import { HoldersOfKeys } from './keys/holders-of-keys.js';
import { KeySecrets } from './keys/key-secrets.js';
import { KeyUses } from './keys/key-uses.js';
import { ListApiKeysHandler } from './queries/list-api-keys.js';

/** API keys. Global because every key that is shown to the process is checked by its `KEY_HOLDERS`. */
@Global()
@Module({
  imports: [WorkspacesModule],
  controllers: [ApiKeysController],
  providers: [
    ...commandHandlers(apiKeyDecider, [CreateApiKey, RollApiKey, RevokeApiKey]),
    ListApiKeysHandler,
    {
      provide: KeySecrets,
      inject: [CONFIGURATION],
      useFactory: ({ installationKey }: Configuration) => new KeySecrets(deriveKey(installationKey, 'api-key')),
    },
    {
      provide: KeyUses,
      inject: [ReadStore, Log],
      useFactory: (store: ReadStore, log: Log) =>
        new KeyUses(store, (err) => {
          log.warn({ err }, 'the use of an API key was not noted');
        }),
    },
    {
      provide: KEY_HOLDERS,
      inject: [EVENT_STORE, EventCodec, Directory, RightsOfSeats, KeySecrets, KeyUses, DatabaseClock],
      useFactory: (
        ledger: EventStore,
        codec: EventCodec,
        directory: Directory,
        rights: RightsOfSeats,
        secrets: KeySecrets,
        uses: KeyUses,
        clock: DatabaseClock,
      ) => new HoldersOfKeys({ ledger, codec, directory, rights, secrets, uses, clock }),
    },
  ],
  exports: [KEY_HOLDERS],
})
export class IntegrationsModule {}
