import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CONFIGURATION, type Configuration, deriveKey } from '@ledgerdesk/config';
import { DatabaseClock } from '@ledgerdesk/event-store';
import { Abilities } from './abilities.js';
import { AccessTokens } from './access-tokens.js';
import { Authentication } from './authentication.js';
import { MemberGuard } from './member.guard.js';
import { PlatformTokens } from './platform-tokens.js';
import type { Grantable } from './catalogue.js';
import type { ImpersonatedMay, Permissions } from './permissions.js';
import { IMPERSONATED, type Impersonated, SEATS, type Seats } from './principal.js';
import { TokenKeys } from './token-keys.js';

/** Closes every route of the application except the public ones. Needs somebody to provide `SEATS`, `IMPERSONATED` and the clock globally. */
@Module({})
export class AuthModule {
  /**
   * @param permissions one entry per context; what none of them allows is forbidden
   * @param grantable what custom roles are made of
   * @param impersonatedMay what is left of it for somebody who acts in the seat of a member
   */
  static with(
    permissions: readonly Permissions[],
    grantable: readonly Grantable[],
    impersonatedMay: ImpersonatedMay,
  ): DynamicModule {
    return {
      module: AuthModule,
      global: true,
      providers: [
        {
          provide: AccessTokens,
          inject: [CONFIGURATION, DatabaseClock],
          useFactory: ({ installationKey }: Configuration, clock: DatabaseClock) =>
            new AccessTokens(new TokenKeys(deriveKey(installationKey, 'access-token')), clock),
        },
        {
          provide: PlatformTokens,
          inject: [CONFIGURATION, DatabaseClock],
          useFactory: ({ installationKey }: Configuration, clock: DatabaseClock) =>
            new PlatformTokens(new TokenKeys(deriveKey(installationKey, 'platform-token')), clock),
        },
        { provide: Abilities, useFactory: () => new Abilities(permissions, grantable, impersonatedMay) },
        {
          provide: Authentication,
          inject: [AccessTokens, SEATS, IMPERSONATED],
          useFactory: (tokens: AccessTokens, seats: Seats, impersonated: Impersonated) =>
            new Authentication(tokens, seats, impersonated),
        },
        { provide: APP_GUARD, useClass: MemberGuard },
      ],
      exports: [AccessTokens, Abilities, Authentication, PlatformTokens],
    };
  }
}
