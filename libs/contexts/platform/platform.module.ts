import { Global, Module } from '@nestjs/common';
import { IMPERSONATED, PLATFORM_ADMINS, PlatformAuthentication, PlatformGuard } from '@ledgerdesk/auth';
import { CONFIGURATION, type Configuration, deriveKey } from '@ledgerdesk/config';
import { AuthCookies, KnownDevices, PasswordCheck, Passwords, RefreshTokens, SignInLimits } from '@ledgerdesk/identity';
import { Log } from '@ledgerdesk/logging';
import { ReadStore } from '@ledgerdesk/read-store';
import { WorkspacesModule } from '@ledgerdesk/workspaces';
import { AdminTable } from './admins/admin-table.js';
import { ChangeReadModelHandler } from './commands/change-read-model.js';
import { PlatformAuthController } from './http/platform-auth.controller.js';
import { PlatformWorkspacesController } from './http/platform-workspaces.controller.js';
import { ReadModelsController } from './http/read-models.controller.js';
import { ImpersonationsController } from './http/impersonations.controller.js';
import { ActAsMember } from './impersonation/act-as-member.js';
import { Impersonations } from './impersonation/impersonations.js';
import { ListReadModelsHandler } from './queries/list-read-models.js';
import { ReadModelStates } from './queries/read-model-states.js';
import { PlatformDoor } from './sign-in/platform-door.js';
import { PlatformSessions } from './sign-in/platform-sessions.js';
import { PlatformSignIn } from './sign-in/platform-sign-in.js';
import { AcrossWorkspaces } from './workspaces/across-workspaces.js';
import { WorkspaceUsage } from './workspaces/workspace-usage.js';

/** What those who keep the installation see and do. Global because tokens of those who act as a member are checked against it. */
@Global()
@Module({
  imports: [WorkspacesModule],
  controllers: [ReadModelsController, PlatformAuthController, PlatformWorkspacesController, ImpersonationsController],
  providers: [
    ReadModelStates,
    ListReadModelsHandler,
    ChangeReadModelHandler,
    AcrossWorkspaces,
    Impersonations,
    ActAsMember,
    { provide: IMPERSONATED, useExisting: Impersonations },
    WorkspaceUsage,
    PlatformAuthentication,
    PlatformGuard,
    { provide: AdminTable, inject: [ReadStore], useFactory: (store: ReadStore) => new AdminTable(store) },
    {
      provide: PlatformSessions,
      inject: [ReadStore, CONFIGURATION, Log],
      useFactory: (store: ReadStore, { installationKey }: Configuration, log: Log) =>
        new PlatformSessions(
          store,
          new RefreshTokens(deriveKey(installationKey, 'platform-refresh-token')),
          (session) => {
            log.warn({ session }, 'ended a session of a platform admin because a refresh token was used twice');
          },
        ),
    },
    { provide: PLATFORM_ADMINS, useExisting: PlatformSessions },
    {
      provide: PlatformSignIn,
      inject: [ReadStore, CONFIGURATION, Passwords, AdminTable, PlatformSessions],
      useFactory: (
        store: ReadStore,
        { installationKey }: Configuration,
        // The one of the members: together they may not take more cores than there are for passwords.
        passwords: Passwords,
        admins: AdminTable,
        sessions: PlatformSessions,
      ) => {
        const limits = new SignInLimits(store, deriveKey(installationKey, 'platform-sign-in-limit'));
        return new PlatformSignIn(new PasswordCheck(limits, passwords), admins, sessions);
      },
    },
    {
      provide: PlatformDoor,
      inject: [CONFIGURATION],
      useFactory: ({ installationKey, http }: Configuration) =>
        new PlatformDoor(
          new AuthCookies(http.publicUrl.startsWith('https:'), {
            refresh: 'ld_platform_refresh',
            device: 'ld_platform_device',
            path: '/api/v1/platform/auth',
            refreshDays: 1,
          }),
          new KnownDevices(deriveKey(installationKey, 'platform-known-device')),
        ),
    },
  ],
  exports: [IMPERSONATED],
})
export class PlatformModule {}
