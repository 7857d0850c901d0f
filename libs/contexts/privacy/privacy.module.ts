import { Module } from '@nestjs/common';
import { CustomersModule } from '@ledgerdesk/customers';
import { CustomerErasureController } from './http/customer-erasure.controller.js';
import { GetCustomerErasureHandler } from './queries/get-customer-erasure.js';

/** Erasure of people and access to what is held about them, as an api process needs it. */
@Module({
  imports: [CustomersModule],
  controllers: [CustomerErasureController],
  providers: [GetCustomerErasureHandler],
})
export class PrivacyModule {}
