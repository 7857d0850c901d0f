import type { Constructor } from '@mikro-orm/core';
import type { Migration } from '@mikro-orm/migrations';
import { auditMigrations, configurationChanges } from '@ledgerdesk/audit';
import { backupMigrations } from '@ledgerdesk/backup';
import { customerMigrations, customers } from '@ledgerdesk/customers';
import { ledgerMigrations } from '@ledgerdesk/event-store';
import { identityMigrations, invitations } from '@ledgerdesk/identity';
import { httpMigrations } from '@ledgerdesk/http';
import { apiKeys, integrationMigrations } from '@ledgerdesk/integrations';
import { jobMigrations } from '@ledgerdesk/jobs';
import { textsAbout } from '@ledgerdesk/privacy';
import { platformMigrations } from '@ledgerdesk/platform';
import { proofMigrations } from '@ledgerdesk/proof';
import { portabilityMigrations } from '@ledgerdesk/portability';
import { type AnyProjection, projectionMigrations } from '@ledgerdesk/read-store';
import { inbox, search, ticketMigrations, timeline } from '@ledgerdesk/tickets';
import { members, roles, teams, workspaces } from '@ledgerdesk/workspaces';

/** Everything that the database of one installation holds. */
export interface Schema {
  readonly migrations: readonly Constructor<Migration>[];
  readonly projections: readonly AnyProjection[];
}

/** Each library and context adds its own lists here; the tests' database is made from the same. */
export const schema: Schema = {
  migrations: [
    ...ledgerMigrations,
    ...projectionMigrations,
    ...identityMigrations,
    ...platformMigrations,
    ...httpMigrations,
    ...jobMigrations,
    ...proofMigrations,
    ...ticketMigrations,
    ...backupMigrations,
    ...customerMigrations,
    ...auditMigrations,
    ...portabilityMigrations,
    ...integrationMigrations,
  ],
  projections: [
    workspaces,
    members,
    roles,
    teams,
    invitations,
    customers,
    inbox,
    timeline,
    search,
    textsAbout,
    configurationChanges,
    apiKeys,
  ],
};
