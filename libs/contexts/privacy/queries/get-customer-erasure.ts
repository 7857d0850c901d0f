import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Principal } from '@ledgerdesk/auth';
import { type CustomerView, CustomerViews } from '@ledgerdesk/customers';
import { streamName } from '@ledgerdesk/event-store';
import { Answer } from '@ledgerdesk/http';
import { ReadStore } from '@ledgerdesk/read-store';
import type { CustomerErasureView } from '../http/erasure.schemas.js';
import { countTextsAbout } from './streams-about.js';

/** What would an erasure of this customer take away, and how far is it? */
export class GetCustomerErasure extends Query<Answer<CustomerErasureView>> {
  constructor(
    readonly member: Pick<Principal, 'workspaceId'>,
    readonly customerId: string,
  ) {
    super();
  }
}

@QueryHandler(GetCustomerErasure)
export class GetCustomerErasureHandler implements IQueryHandler<GetCustomerErasure> {
  constructor(
    @Inject(CustomerViews) private readonly views: CustomerViews,
    @Inject(ReadStore) private readonly store: ReadStore,
  ) {}

  /** @throws DomainError not-found `customer.not-found` */
  async execute({ member, customerId }: GetCustomerErasure): Promise<Answer<CustomerErasureView>> {
    const { workspaceId } = member;
    const stream = streamName('customer', workspaceId, customerId);
    const { view, keyId } = await this.views.withKey(stream);
    const counts = await this.store.run(workspaceId, (sql) => countTextsAbout(sql, workspaceId, keyId));
    return new Answer({ ...stateOf(view), ...counts }, { version: view.version });
  }
}

function stateOf({
  erasure,
  addresses,
  notes,
}: CustomerView): Omit<CustomerErasureView, keyof Awaited<ReturnType<typeof countTextsAbout>>> {
  return {
    state: erasure?.state ?? 'none',
    reason: erasure?.reason ?? null,
    requestedBy: erasure?.requestedBy ?? null,
    requestedAt: erasure?.requestedAt ?? null,
    erasedAt: erasure?.erasedAt ?? null,
    addresses: addresses.length,
    notes: notes.length,
  };
}
