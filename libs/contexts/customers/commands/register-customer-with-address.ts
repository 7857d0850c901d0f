import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CommandResult, CommandRunner, IssuedBy } from '@ledgerdesk/event-store';
import { RegisterCustomer } from '../domain/customer.commands.js';
import { type Customer, customerDecider } from '../domain/customer.decider.js';
import type { CustomerEvent } from '../domain/customer.events.js';
import { Requesters } from './requesters.js';

/** Registers somebody under an address that nobody else has. */
export class RegisterCustomerWithAddress extends Command<CommandResult<Customer | null, CustomerEvent>> {
  constructor(
    readonly customerId: string,
    readonly name: string,
    readonly address: string,
  ) {
    super();
  }
}

@CommandHandler(RegisterCustomerWithAddress)
export class RegisterCustomerWithAddressHandler implements ICommandHandler<RegisterCustomerWithAddress> {
  constructor(
    @Inject(Requesters) private readonly requesters: Requesters,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {}

  /** @throws DomainError conflict `customer.address-taken` */
  async execute(command: RegisterCustomerWithAddress): Promise<CommandResult<Customer | null, CustomerEvent>> {
    const { command: issued } = IssuedBy.of(command);
    const { customerId, name, address } = command;
    const addressId = await this.requesters.heldAs(issued.workspaceId, address);
    const registration = new RegisterCustomer(customerId, { keyId: customerId, name, address: { addressId, address } });
    await this.requesters.reserve(addressId, { customerId, keyId: customerId }, issued);
    return this.runner.run(customerDecider, registration, issued);
  }
}
