import { parseStreamName } from '@ledgerdesk/event-store';
import type { Recorded } from '@ledgerdesk/kernel';
import type { Projection } from '@ledgerdesk/read-store';
import { type CustomerView, evolveCustomerView } from '../domain/customer-view.js';
import type { CustomerEvent } from '../domain/customer.events.js';
import { findableText } from './findable-text.js';
import { CustomerRow } from './customers.entity.js';
import { findCustomersFunction } from './find-customers.function.js';

/** Everybody who ever asked for help, as they are now. */
export const customers: Projection<CustomerRow> = {
  name: 'customers',
  version: 2,
  entity: CustomerRow,
  categories: ['customer'],
  indexes: [
    'create index on {table} (workspace_id, sort_name, id)',
    'create index on {table} (workspace_id, external_id) where external_id is not null',
    'create index on {table} using gin (workspace_id, findable gin_trgm_ops)',
    'create policy search on {table} to ld_search using (true)',
    'grant select on {table} to ld_search',
  ],
  afterInstall: findCustomersFunction,
  keysOf: ({ stream }) => [parseStreamName(stream).id],
  apply(row, event) {
    const before = row && (JSON.parse(row.view) as CustomerView);
    const view = evolveCustomerView(before, event as Recorded<CustomerEvent>);
    return view && customerRow(view, event.metadata.workspaceId);
  },
};

function customerRow(view: CustomerView, workspaceId: string): CustomerRow {
  const addresses = view.addresses.flatMap(({ address }) => address ?? []);
  const named = [view.name ?? '', ...addresses].filter((text) => text !== '');
  return {
    id: view.id,
    workspaceId,
    sortName: findableText(named[0] ?? ''),
    findable: findableText(named.join(' ')),
    externalId: view.externalId?.id ?? null,
    version: view.version,
    view: JSON.stringify(view),
  };
}
