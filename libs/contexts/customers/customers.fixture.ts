import { newId, Personal, type Recorded } from '@ledgerdesk/kernel';
import { streamName } from '@ledgerdesk/event-store';
import type { CustomerEvent, CustomerRegistered } from './domain/customer.events.js';

export const WORKSPACE = '00000000-0000-7000-8000-000000000001';
export const OTHER_WORKSPACE = '00000000-0000-7000-8000-000000000002';
export const KEY = '00000000-0000-7000-8000-00000000000d';

export function about(text: string): Personal {
  return new Personal(KEY, text);
}

/** Somebody who asked for help for the first time. */
export function registered(customerId: string, name: string | null, address: string | null): CustomerRegistered {
  return {
    type: 'CustomerRegistered',
    data: {
      customerId,
      keyId: KEY,
      name: name === null ? null : about(name),
      address: address === null ? null : { addressId: newId(), address: about(address) },
      externalId: null,
    },
  };
}

/** The events of one customer as the ledger would give them back. */
export function told(
  customerId: string,
  events: readonly CustomerEvent[],
  workspaceId = WORKSPACE,
): readonly Recorded<CustomerEvent>[] {
  return events.map((event, revision) => ({
    ...event,
    id: newId(),
    stream: streamName('customer', workspaceId, customerId),
    revision,
    position: String(revision + 1),
    metadata: {
      workspaceId,
      actor: 'member:m1',
      cause: 'command:Told',
      commandId: 'told',
      correlationId: 'told',
      v: '1',
      occurredAt: '2026-03-02T12:00:00.000Z',
      recordedAt: '2026-03-02T12:00:00.000Z',
      previousHash: '',
      hash: '',
    },
  }));
}
