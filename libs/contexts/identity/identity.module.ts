import { Global, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { SEATS } from '@ledgerdesk/auth';
import { CONFIGURATION, type Configuration, deriveKey } from '@ledgerdesk/config';
import { Log } from '@ledgerdesk/logging';
import { ReadStore } from '@ledgerdesk/read-store';
import { Directory, RightsOfSeats, WorkspacesModule } from '@ledgerdesk/workspaces';
import { Accounts } from './accounts.js';
import { DemoLogins } from './demo/demo-logins.js';
import { AccountController } from './http/account.controller.js';
import { AuthController } from './http/auth.controller.js';
import { AuthCookies } from './http/cookies.js';
import { MeController } from './http/me.controller.js';
import { SecondFactorController } from './http/second-factor.controller.js';
import { StepUpController } from './http/step-up.controller.js';
import { HashingQueue } from './passwords/hashing-queue.js';
import { PasswordChanges } from './passwords/password-changes.js';
import { Passwords } from './passwords/passwords.js';
import { PROOF_PROVIDERS } from './proofs/proof.providers.js';
import { Proofs } from './proofs/proofs.js';
import { CurrentSeats } from './seats/current-seats.js';
import { SecondFactors } from './second-factor/second-factors.js';
import { SeatProfiles } from './seats/seat-profiles.js';
import { OwnSessions } from './sessions/own-sessions.js';
import { RefreshTokens } from './sessions/refresh-token.js';
import { Sessions } from './sessions/sessions.js';
import { KnownDevices } from './sign-in/known-device.js';
import { PasswordCheck } from './sign-in/password-check.js';
import { SignIn } from './sign-in/sign-in.js';
import { SignInLimits } from './sign-in/sign-in-limits.js';

/** Accounts, sign-in and sessions. Global because every access token of the process is checked against its `SEATS`. */
@Global()
@Module({
  imports: [WorkspacesModule],
  controllers: [AuthController, StepUpController, MeController, AccountController, SecondFactorController],
  providers: [
    { provide: Accounts, inject: [ReadStore], useFactory: (store: ReadStore) => new Accounts(store) },
    { provide: Passwords, useFactory: () => new Passwords(new HashingQueue()) },
    { provide: SeatProfiles, inject: [Directory], useFactory: (directory: Directory) => new SeatProfiles(directory) },
    {
      provide: Sessions,
      inject: [ReadStore, CONFIGURATION, Log],
      useFactory: (store: ReadStore, { installationKey }: Configuration, log: Log) =>
        new Sessions(store, new RefreshTokens(deriveKey(installationKey, 'refresh-token')), (session) => {
          log.warn({ session }, 'ended a session because a refresh token was used twice');
        }),
    },
    {
      provide: SEATS,
      inject: [Sessions, Directory, RightsOfSeats],
      useFactory: (...parts: ConstructorParameters<typeof CurrentSeats>) => new CurrentSeats(...parts),
    },
    {
      provide: SignInLimits,
      inject: [ReadStore, CONFIGURATION],
      useFactory: (store: ReadStore, { installationKey }: Configuration) =>
        new SignInLimits(store, deriveKey(installationKey, 'sign-in-limit')),
    },
    {
      provide: KnownDevices,
      inject: [CONFIGURATION],
      useFactory: ({ installationKey }: Configuration) => new KnownDevices(deriveKey(installationKey, 'known-device')),
    },
    {
      provide: AuthCookies,
      inject: [CONFIGURATION],
      useFactory: ({ http }: Configuration) => new AuthCookies(http.publicUrl.startsWith('https:')),
    },
    ...PROOF_PROVIDERS,
    {
      provide: PasswordCheck,
      inject: [SignInLimits, Passwords],
      useFactory: (...parts: ConstructorParameters<typeof PasswordCheck>) => new PasswordCheck(...parts),
    },
    {
      provide: SignIn,
      inject: [Proofs, PasswordCheck, Accounts, SeatProfiles, Sessions],
      useFactory: (...parts: ConstructorParameters<typeof SignIn>) => new SignIn(...parts),
    },
    { provide: OwnSessions, inject: [ReadStore], useFactory: (store: ReadStore) => new OwnSessions(store) },
    {
      provide: PasswordChanges,
      inject: [ReadStore, Proofs, Accounts, Passwords, CONFIGURATION, Log],
      useFactory: (
        store: ReadStore,
        proofs: Proofs,
        accounts: Accounts,
        passwords: Passwords,
        { mode }: Configuration,
        log: Log,
      ) =>
        new PasswordChanges(store, proofs, accounts, passwords, {
          demoPasswordAllowed: mode === 'embedded',
          onChanged: (account, ended) => {
            log.info({ account, ended }, 'password changed');
          },
        }),
    },
    {
      provide: DemoLogins,
      inject: [CONFIGURATION, Accounts, Passwords],
      useFactory: (...parts: ConstructorParameters<typeof DemoLogins>) => new DemoLogins(...parts),
    },
  ],
  exports: [SEATS, Accounts, Passwords, Proofs, SeatProfiles, SecondFactors, Sessions, SignInLimits, AuthCookies],
})
export class IdentityModule implements OnApplicationBootstrap {
  constructor(
    private readonly demo: DemoLogins,
    private readonly passwords: Passwords,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await Promise.all([this.demo.assertNoDemoLogins(), this.passwords.prepare()]);
  }
}
