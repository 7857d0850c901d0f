import { Module } from '@nestjs/common';
import { CONFIGURATION, type Configuration, deriveKey } from '@ledgerdesk/config';
import { CommandRunner, DatabaseClock, EVENT_STORE, EventCodec, type EventStore } from '@ledgerdesk/event-store';
import { Seal } from '@ledgerdesk/http';
import { Outbound } from '@ledgerdesk/outbound';
import { ReadStore } from '@ledgerdesk/read-store';
import { Directory, WorkspacesModule } from '@ledgerdesk/workspaces';
import { Accounts } from '../accounts.js';
import { Passwords } from '../passwords/passwords.js';
import { SeatProfiles } from '../seats/seat-profiles.js';
import { SecondFactors } from '../second-factor/second-factors.js';
import { Sessions } from '../sessions/sessions.js';
import { SignInLimits } from '../sign-in/sign-in-limits.js';
import { Flow, Vouched } from './flow.js';
import { FlowCookies } from './http/flow-cookies.js';
import { ProviderCodeController } from './http/provider-code.controller.js';
import { ProviderDoorsController } from './http/provider-doors.controller.js';
import { SignInProviderController } from './http/sign-in-provider.controller.js';
import { ProviderAttempts } from './provider-attempts.js';
import { ProviderClient } from './provider-client.js';
import { ProviderDirectory } from './provider-directory.js';
import { ProviderSeats } from './provider-seats.js';
import { ProviderSecrets } from './provider-secrets.js';
import { ProviderSessions } from './provider-sessions.js';
import { ProviderSignIn } from './provider-sign-in.js';
import { SealedWord } from './sealed-word.js';
import { RemoveSignInProviderHandler, SetUpSignInProviderHandler } from './set-up-provider.js';
import { VOUCHED } from './vouched-word.js';

/** Signing in with the OpenID Connect provider of a workspace. */
@Module({
  imports: [WorkspacesModule],
  controllers: [SignInProviderController, ProviderDoorsController, ProviderCodeController],
  providers: [
    {
      provide: ProviderDirectory,
      inject: [EVENT_STORE, EventCodec],
      useFactory: (store: EventStore, codec: EventCodec) => new ProviderDirectory(store, codec),
    },
    {
      provide: ProviderSecrets,
      inject: [ReadStore, CONFIGURATION],
      useFactory: (store: ReadStore, { installationKey }: Configuration) =>
        new ProviderSecrets(store, new Seal(installationKey, 'sign-in-provider-secret')),
    },
    { provide: ProviderClient, inject: [Outbound], useFactory: (outbound: Outbound) => new ProviderClient(outbound) },
    {
      provide: ProviderSignIn,
      inject: [ReadStore, Directory, ProviderDirectory, ProviderSecrets, ProviderClient, DatabaseClock, CONFIGURATION],
      useFactory: (
        store: ReadStore,
        workspaces: Directory,
        providers: ProviderDirectory,
        secrets: ProviderSecrets,
        client: ProviderClient,
        clock: DatabaseClock,
        { installationKey, http }: Configuration,
      ) => {
        const flows = new SealedWord(new Seal(installationKey, FLOW_KEY), 'flow', Flow, clock);
        const { publicUrl } = http;
        return new ProviderSignIn({ store, workspaces, providers, secrets, client, flows, clock, publicUrl });
      },
    },
    {
      provide: VOUCHED,
      inject: [CONFIGURATION, DatabaseClock],
      useFactory: ({ installationKey }: Configuration, clock: DatabaseClock) =>
        new SealedWord(new Seal(installationKey, FLOW_KEY), 'vouched', Vouched, clock),
    },
    {
      provide: ProviderSeats,
      inject: [ReadStore, Accounts, Passwords, Directory, CommandRunner],
      useFactory: (
        store: ReadStore,
        accounts: Accounts,
        passwords: Passwords,
        directory: Directory,
        runner: CommandRunner,
      ) => new ProviderSeats({ store, accounts, passwords, directory, runner }),
    },
    {
      provide: ProviderSessions,
      inject: [Accounts, ProviderSeats, SeatProfiles, SecondFactors, Sessions, SignInLimits, DatabaseClock],
      useFactory: (
        accounts: Accounts,
        seats: ProviderSeats,
        profiles: SeatProfiles,
        factors: SecondFactors,
        sessions: Sessions,
        limits: SignInLimits,
        clock: DatabaseClock,
      ) => new ProviderSessions({ accounts, seats, profiles, factors, sessions, limits, clock }),
    },
    {
      provide: ProviderAttempts,
      inject: [ReadStore, CONFIGURATION],
      useFactory: (store: ReadStore, { installationKey }: Configuration) =>
        new ProviderAttempts(new SignInLimits(store, deriveKey(installationKey, 'sign-in-provider-limit'))),
    },
    {
      provide: FlowCookies,
      inject: [CONFIGURATION],
      useFactory: ({ http }: Configuration) => new FlowCookies(http.publicUrl.startsWith('https:')),
    },
    SetUpSignInProviderHandler,
    RemoveSignInProviderHandler,
  ],
})
export class SignInProviderModule {}

const FLOW_KEY = 'sign-in-provider-flow';
