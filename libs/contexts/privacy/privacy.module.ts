import { Module } from '@nestjs/common';
import { CustomersModule } from '@ledgerdesk/customers';
import { WorkspacesModule } from '@ledgerdesk/workspaces';
import { TakeSeatForErasureHandler } from './commands/take-seat-for-erasure.js';
import { AccessExportController } from './http/access-export.controller.js';
import { CustomerErasureController } from './http/customer-erasure.controller.js';
import { MemberErasureController } from './http/member-erasure.controller.js';
import { ExportCustomerDataHandler } from './queries/export-customer-data.js';
import { GetCustomerErasureHandler } from './queries/get-customer-erasure.js';
import { GetMemberErasureHandler } from './queries/get-member-erasure.js';

/** Erasure of people and access to what is held about them, as an api process needs it. */
@Module({
  imports: [CustomersModule, WorkspacesModule],
  controllers: [CustomerErasureController, MemberErasureController, AccessExportController],
  providers: [GetCustomerErasureHandler, GetMemberErasureHandler, ExportCustomerDataHandler, TakeSeatForErasureHandler],
})
export class PrivacyModule {}
