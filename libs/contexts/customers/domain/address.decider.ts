import { type Decider, DomainError } from '@ledgerdesk/kernel';
import { type AddressCommand, ReserveAddress } from './customer.commands.js';
import type { AddressEvent } from './customer.events.js';

/** Who has an address, and under which key their texts are sealed. */
export interface AddressHolder {
  readonly customerId: string;
  readonly keyId: string;
}

/**
 * One stream per address makes addresses unique: the store lets one writer append its first event, and everybody else finds
 * out who it was. The state is null while nobody has the address.
 */
export const addressDecider: Decider<AddressCommand, AddressHolder | null, AddressEvent> = {
  category: 'address',
  initial: null,
  target: ({ addressId }) => addressId,
  decide(command, holder) {
    const { addressId, customerId } = command;
    const mine = holder?.customerId === customerId;
    if (!(command instanceof ReserveAddress)) return mine ? [{ type: 'AddressReleased', data: { customerId } }] : [];
    if (mine) return [];
    if (holder !== null) {
      throw new DomainError('conflict', 'customer.address-taken', 'Another customer has this address.');
    }
    return [{ type: 'AddressReserved', data: { addressId, customerId, keyId: command.keyId } }];
  },
  evolve(_, event) {
    return event.type === 'AddressReleased' ? null : { customerId: event.data.customerId, keyId: event.data.keyId };
  },
};
