import { type DynamicModule, Module } from '@nestjs/common';
import { AUDIT_GRANTABLE, AUDIT_PERMISSIONS, AuditModule } from '@ledgerdesk/audit';
import { AuthModule } from '@ledgerdesk/auth';
import { type Configuration, ConfigurationModule } from '@ledgerdesk/config';
import { CUSTOMER_GRANTABLE, CUSTOMER_PERMISSIONS, CustomersModule } from '@ledgerdesk/customers';
import { EventStoreModule } from '@ledgerdesk/event-store';
import { HttpModule } from '@ledgerdesk/http';
import {
  IDENTITY_PERMISSIONS,
  IdentityModule,
  InvitationsModule,
  PasswordResetModule,
  SignInProviderModule,
} from '@ledgerdesk/identity';
import { INTEGRATION_PERMISSIONS, IntegrationsModule } from '@ledgerdesk/integrations';
import { type Log, LoggingModule } from '@ledgerdesk/logging';
import { MailCatcherModule } from '@ledgerdesk/mail';
import { OutboundModule } from '@ledgerdesk/outbound';
import { PrivacyModule } from '@ledgerdesk/privacy';
import { IMPERSONATED_MAY, PLATFORM_PERMISSIONS, PlatformModule } from '@ledgerdesk/platform';
import { ReadStoreModule, roleUrl } from '@ledgerdesk/read-store';
import { TICKET_GRANTABLE, TICKET_PERMISSIONS, TicketsModule } from '@ledgerdesk/tickets';
import { WORKSPACE_GRANTABLE, WORKSPACE_PERMISSIONS, WorkspacesModule } from '@ledgerdesk/workspaces';
import { HealthModule } from './health/health.module.js';
import { CommandDurations } from './metrics/command-durations.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { ProgressModule } from './progress.module.js';

/** Which rooms the api consists of; no business code. */
@Module({})
export class AppModule {
  static with(configuration: Configuration, log: Log): DynamicModule {
    const { database, eventStoreUrl, installationKey, mail } = configuration;
    const url = roleUrl(database.url, installationKey, 'ld_app');
    const projectUrl = roleUrl(database.url, installationKey, 'ld_project');
    const durations = new CommandDurations();
    return {
      module: AppModule,
      imports: [
        ConfigurationModule.with(configuration),
        LoggingModule.with(log),
        ReadStoreModule.forRoot({
          url,
          connections: database.pool,
          holdsLedger: eventStoreUrl === undefined,
          onConnectionLost: (err) => {
            log.warn({ err }, 'lost an idle connection to Postgres');
          },
        }),
        EventStoreModule.forRoot({
          appUrl: url,
          projectUrl,
          eventStoreUrl,
          installationKey,
          onCommand: (line) => {
            durations.observe(line);
            log.info(line, 'command');
          },
        }),
        ProgressModule,
        HttpModule,
        OutboundModule,
        AuthModule.with(
          [
            IDENTITY_PERMISSIONS,
            WORKSPACE_PERMISSIONS,
            CUSTOMER_PERMISSIONS,
            TICKET_PERMISSIONS,
            AUDIT_PERMISSIONS,
            PLATFORM_PERMISSIONS,
            INTEGRATION_PERMISSIONS,
          ],
          [TICKET_GRANTABLE, CUSTOMER_GRANTABLE, WORKSPACE_GRANTABLE, AUDIT_GRANTABLE],
          IMPERSONATED_MAY,
        ),
        WorkspacesModule,
        IdentityModule,
        IntegrationsModule,
        PasswordResetModule,
        InvitationsModule,
        SignInProviderModule,
        CustomersModule,
        TicketsModule,
        AuditModule,
        PrivacyModule,
        PlatformModule,
        HealthModule,
        MetricsModule.with(durations),
        ...(mail?.catcherPort === undefined ? [] : [MailCatcherModule.on(mail.catcherPort)]),
      ],
    };
  }
}
