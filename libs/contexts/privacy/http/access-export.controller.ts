import { Controller, Inject, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Can, CurrentMember, type Principal } from '@ledgerdesk/auth';
import { CustomerIdPipe, customerProblems } from '@ledgerdesk/customers';
import { type Answer, type Download, QueryEndpoint } from '@ledgerdesk/http';
import { ExportCustomerData } from '../queries/export-customer-data.js';
import { AccessExportSchema, ExportCustomerDataQuery } from './access-export.schemas.js';

/** The right of access. Each copy that is taken is an event in the history of the customer. */
@ApiTags('privacy')
@Controller('customers')
export class AccessExportController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @QueryEndpoint({
    name: 'exportCustomerData',
    path: ':customerId/access-export',
    summary: 'Everything that is held about the customer, notes included, as a file',
    answers: AccessExportSchema,
    problems: customerProblems.forReads,
    reads: ['texts_about'],
    costs: { class: 'export' },
  })
  @Can('export-data', 'Customer')
  exportCustomerData(
    @Param('customerId', CustomerIdPipe) id: string,
    @Query({ schema: ExportCustomerDataQuery }) { format }: ExportCustomerDataQuery,
    @CurrentMember() member: Principal,
  ): Promise<Answer<Download>> {
    return this.queries.execute(new ExportCustomerData(member, id, format ?? 'json'));
  }
}
