export { type Requester, Requesters } from './commands/requesters.js';
export { CustomersModule } from './customers.module.js';
export { addressDecider, type AddressHolder } from './domain/address.decider.js';
export * from './domain/customer.commands.js';
export { customerDecider, type Customer } from './domain/customer.decider.js';
export type * from './domain/customer.events.js';
export { customerView, type CustomerView, evolveCustomerView } from './domain/customer-view.js';
export { CUSTOMER_PERMISSIONS } from './permissions.js';
export { customers } from './read-models/customers.projection.js';
