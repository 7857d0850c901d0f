import { Module } from '@nestjs/common';
import { commandHandlers } from '@ledgerdesk/event-store';
import { MovedAddresses } from './commands/moved-addresses.js';
import { RegisterCustomerWithAddressHandler } from './commands/register-customer-with-address.js';
import { Requesters } from './commands/requesters.js';
import {
  AddCustomerNote,
  RecordCustomerExport,
  RenameCustomer,
  RequestCustomerErasure,
} from './domain/customer.commands.js';
import { customerDecider } from './domain/customer.decider.js';
import { CustomersController } from './http/customers.controller.js';
import { CustomerViews } from './queries/customer-views.js';
import { GetCustomerHandler } from './queries/get-customer.js';
import { ListCustomersHandler } from './queries/list-customers.js';

/** Customers as an api process needs them. */
@Module({
  controllers: [CustomersController],
  providers: [
    ...commandHandlers(customerDecider, [
      RenameCustomer,
      AddCustomerNote,
      RequestCustomerErasure,
      RecordCustomerExport,
    ]),
    RegisterCustomerWithAddressHandler,
    MovedAddresses,
    Requesters,
    CustomerViews,
    GetCustomerHandler,
    ListCustomersHandler,
  ],
  exports: [Requesters, CustomerViews],
})
export class CustomersModule {}
