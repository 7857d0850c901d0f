import { type EventCodec, streamName, type EventStore, BEGINNING } from '@ledgerdesk/event-store';
import { ERASED, Personal } from '@ledgerdesk/kernel';
import type { AddressData } from '../domain/customer.events.js';
import type { MovedAddress, MovedAddresses } from './moved-addresses.js';
import type { Requesters } from './requesters.js';

const PAGE = 1_000;

export interface RememberTools {
  readonly store: EventStore;
  readonly codec: EventCodec;
  readonly requesters: Pick<Requesters, 'addressId'>;
  readonly moved: Pick<MovedAddresses, 'add'>;
}

/**
 * After a workspace was moved here: notes for every address that can be read under which id the other installation had reserved it, so
 * that whoever writes again is known. Addresses whose keys stayed behind are met as new ones. Safe to repeat.
 */
export async function rememberMovedAddresses(
  { store, codec, requesters, moved }: RememberTools,
  workspaceId: string,
): Promise<void> {
  const prefix = streamName('customer', workspaceId, '');
  for (let after = BEGINNING; ;) {
    const page = await store.readAll({ after, prefix, max: PAGE });
    const last = page.at(-1);
    if (!last) return;
    after = last.position;
    const found: MovedAddress[] = [];
    for (const { data } of await codec.open(page)) {
      const held = addressIn(data);
      if (held === undefined || !(held.address instanceof Personal) || held.address.text === ERASED) continue;
      const addressId = requesters.addressId(workspaceId, held.address.text);
      if (addressId !== held.addressId) found.push({ addressId, heldAs: held.addressId });
    }
    await moved.add(workspaceId, found);
  }
}

/** Both when somebody is registered and when they get another address. */
function addressIn(data: object): AddressData | undefined {
  const holder = 'address' in data && !('addressId' in data) ? data.address : data;
  const isAddress = typeof holder === 'object' && holder !== null && 'addressId' in holder && 'address' in holder;
  return isAddress ? (holder as AddressData) : undefined;
}
