import { Body, Controller, Inject, Param } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Can, CurrentMember, FreshProof, type Principal } from '@ledgerdesk/auth';
import { type Customer, CustomerIdPipe, customerProblems, RequestCustomerErasure } from '@ledgerdesk/customers';
import { type CommandResult, IssuedBy } from '@ledgerdesk/event-store';
import { Answer, CommandEndpoint, Issued, QueryEndpoint, generalProblems } from '@ledgerdesk/http';
import type { CommandContext, DomainEvent } from '@ledgerdesk/kernel';
import { GetCustomerErasure } from '../queries/get-customer-erasure.js';
import { CustomerErasureSchema, type CustomerErasureView, EraseCustomerBody } from './erasure.schemas.js';

/** The right to be forgotten. The request is an event; a worker carries it out, and `getCustomerErasure` says when it is done. */
@ApiTags('privacy')
@Controller('customers')
export class CustomerErasureController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
  ) {}

  @QueryEndpoint({
    name: 'getCustomerErasure',
    path: ':customerId/erasure',
    summary: 'What an erasure of the customer takes away, and how far it is',
    answers: CustomerErasureSchema,
    problems: customerProblems.forReads,
    reads: ['texts_about'],
  })
  @Can('erase', 'Customer')
  getCustomerErasure(
    @Param('customerId', CustomerIdPipe) id: string,
    @CurrentMember() member: Principal,
  ): Promise<Answer<CustomerErasureView>> {
    return this.queries.execute(new GetCustomerErasure(member, id));
  }

  @CommandEndpoint({
    name: 'eraseCustomer',
    path: ':customerId/erasure',
    summary: 'Erase the customer for good: no text about them can be read ever again. This can not be undone',
    guarded: true,
    status: 202,
    answers: CustomerErasureSchema,
    problems: [...customerProblems.forErasure, generalProblems.stepUpRequired],
  })
  @Can('erase', 'Customer')
  @FreshProof()
  async eraseCustomer(
    @Param('customerId', CustomerIdPipe) id: string,
    @Body({ schema: EraseCustomerBody }) { reason }: EraseCustomerBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<CustomerErasureView>> {
    type Result = CommandResult<Customer | null, DomainEvent>;
    const context = new IssuedBy(issued);
    const { position } = await this.commands.execute<object, Result>(new RequestCustomerErasure(id, reason), context);
    const { body, facts } = await this.queries.execute(new GetCustomerErasure(issued, id));
    return new Answer(body, { ...facts, position });
  }
}
