import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Can, CurrentMember, ForKeys, type Principal } from '@ledgerdesk/auth';
import { type CommandResult, IssuedBy } from '@ledgerdesk/event-store';
import { Answer, CommandEndpoint, IdToCreate, Issued, QueryEndpoint } from '@ledgerdesk/http';
import type { CommandContext } from '@ledgerdesk/kernel';
import { RegisterCustomerWithAddress } from '../commands/register-customer-with-address.js';
import { AddCustomerNote, RenameCustomer } from '../domain/customer.commands.js';
import type { Customer } from '../domain/customer.decider.js';
import type { CustomerEvent } from '../domain/customer.events.js';
import type { CustomerView } from '../domain/customer-view.js';
import { CustomerViews } from '../queries/customer-views.js';
import { GetCustomer } from '../queries/get-customer.js';
import { ListCustomers } from '../queries/list-customers.js';
import { CustomerIdPipe } from './customer-id.pipe.js';
import { customerProblems } from './customer.problems.js';
import {
  AddCustomerNoteBody,
  CustomerPageSchema,
  CustomerSchema,
  ListCustomersQuery,
  RegisterCustomerBody,
  RenameCustomerBody,
} from './customer.schemas.js';

/** People who ask for help. Their tickets are `listTickets` with `requester`. */
@ApiTags('customers')
@Controller('customers')
export class CustomersController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(CustomerViews) private readonly views: CustomerViews,
  ) {}

  @QueryEndpoint({
    name: 'listCustomers',
    summary: 'Customers by name, in keyset pages',
    answers: CustomerPageSchema,
    reads: ['customers'],
    costs: { class: 'search', with: 'q' },
  })
  @Can('read', 'Customer')
  @ForKeys('customers:read')
  listCustomers(
    @Query({ schema: ListCustomersQuery }) query: ListCustomersQuery,
    @CurrentMember() member: Principal,
  ): Promise<Answer<object>> {
    return this.queries.execute(new ListCustomers(member, query));
  }

  @QueryEndpoint({
    name: 'getCustomer',
    path: ':customerId',
    summary: 'One customer',
    answers: CustomerSchema,
    problems: customerProblems.forReads,
    reads: ['customers'],
  })
  @Can('read', 'Customer')
  @ForKeys('customers:read')
  getCustomer(
    @Param('customerId', CustomerIdPipe) id: string,
    @CurrentMember() member: Principal,
  ): Promise<Answer<object>> {
    return this.queries.execute(new GetCustomer(member, id));
  }

  @CommandEndpoint({
    name: 'registerCustomer',
    summary: 'Register a customer',
    status: 201,
    answers: CustomerSchema,
    problems: customerProblems.forRegistration,
  })
  @Can('create', 'Customer')
  @ForKeys('customers:write')
  async registerCustomer(
    @Body({ schema: RegisterCustomerBody }) { name, email }: RegisterCustomerBody,
    @Issued() issued: CommandContext,
    @IdToCreate() id: string,
  ): Promise<Answer<CustomerView>> {
    const { body, facts } = await this.#execute(new RegisterCustomerWithAddress(id, name, email), issued);
    return new Answer(body, { ...facts, location: `/api/v1/customers/${id}` });
  }

  @CommandEndpoint({
    name: 'renameCustomer',
    path: ':customerId/rename',
    summary: 'Change the name',
    guarded: true,
    answers: CustomerSchema,
    problems: customerProblems.forChanges,
  })
  @Can('edit', 'Customer')
  @ForKeys('customers:write')
  renameCustomer(
    @Param('customerId', CustomerIdPipe) id: string,
    @Body({ schema: RenameCustomerBody }) { name }: RenameCustomerBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<CustomerView>> {
    return this.#execute(new RenameCustomer(id, name), issued);
  }

  @CommandEndpoint({
    name: 'addCustomerNote',
    path: ':customerId/notes',
    summary: 'Write down something about the customer, for the desk only',
    answers: CustomerSchema,
    problems: customerProblems.forChanges,
  })
  @Can('edit', 'Customer')
  @ForKeys('customers:write')
  addCustomerNote(
    @Param('customerId', CustomerIdPipe) id: string,
    @Body({ schema: AddCustomerNoteBody }) { text }: AddCustomerNoteBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<CustomerView>> {
    return this.#execute(new AddCustomerNote(id, text), issued);
  }

  async #execute(command: object, issued: CommandContext): Promise<Answer<CustomerView>> {
    const context = new IssuedBy(issued);
    type Result = CommandResult<Customer | null, CustomerEvent>;
    const { stream, position } = await this.commands.execute<object, Result>(command, context);
    const view = await this.views.of(stream);
    return new Answer(view, { version: view.version, position });
  }
}
