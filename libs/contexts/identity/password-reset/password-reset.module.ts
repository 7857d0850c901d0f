import { Module } from '@nestjs/common';
import { CONFIGURATION, type Configuration, deriveKey } from '@ledgerdesk/config';
import { Log } from '@ledgerdesk/logging';
import { ReadStore } from '@ledgerdesk/read-store';
import { Accounts } from '../accounts.js';
import { Passwords } from '../passwords/passwords.js';
import { SignInLimits } from '../sign-in/sign-in-limits.js';
import { PasswordResetController } from './password-reset.controller.js';
import { PasswordResets } from './password-resets.js';
import { PasswordResetRequests } from './reset-requests.js';
import { resetTokens } from './send-password-reset.js';

/** The front half of a password reset; the mail is sent by the worker. */
@Module({
  controllers: [PasswordResetController],
  providers: [
    {
      provide: PasswordResets,
      inject: [ReadStore, Accounts, Passwords, CONFIGURATION, Log],
      useFactory: (
        store: ReadStore,
        accounts: Accounts,
        passwords: Passwords,
        { installationKey, mode }: Configuration,
        log: Log,
      ) =>
        new PasswordResets({
          store,
          limits: new SignInLimits(store, deriveKey(installationKey, 'password-reset-limit')),
          accounts,
          passwords,
          requests: new PasswordResetRequests(store),
          tokens: resetTokens({ installationKey }),
          demoPasswordAllowed: mode === 'embedded',
          onReset: (account, ended) => {
            log.info({ account, ended }, 'password reset');
          },
        }),
    },
  ],
})
export class PasswordResetModule {}
