import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Principal } from '@ledgerdesk/auth';
import { Answer, JsonText } from '@ledgerdesk/http';
import { ReadStore } from '@ledgerdesk/read-store';
import { customerNotFound } from './customer-views.js';

/** Who is this customer? */
export class GetCustomer extends Query<Answer<object>> {
  constructor(
    readonly member: Principal,
    readonly customerId: string,
  ) {
    super();
  }
}

@QueryHandler(GetCustomer)
export class GetCustomerHandler implements IQueryHandler<GetCustomer> {
  constructor(@Inject(ReadStore) private readonly store: ReadStore) {}

  async execute({ member, customerId }: GetCustomer): Promise<Answer<object>> {
    const rows = await this.store.run(member.workspaceId, (sql) =>
      sql.rows<{ version: number; view: string }>(
        'select version, view from customers where id = $1::uuid and workspace_id = $2::uuid',
        [customerId, member.workspaceId],
      ),
    );
    const row = rows.at(0);
    if (!row) throw customerNotFound();
    return new Answer(new JsonText(row.view), { version: row.version });
  }
}
