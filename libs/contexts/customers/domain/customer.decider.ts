import { type Decider, DomainError, Personal } from '@ledgerdesk/kernel';
import {
  AddCustomerAddress,
  AddCustomerNote,
  ConfirmCustomerErasure,
  type CustomerCommand,
  RecordCustomerExport,
  RegisterCustomer,
  RemoveCustomerAddress,
  RenameCustomer,
  RequestCustomerErasure,
} from './customer.commands.js';
import type { CustomerEvent, CustomerRegistered } from './customer.events.js';
import { CUSTOMER_LIMITS } from './customer-text.js';

/** What decisions need to know of a customer; nothing that anybody could read. */
export interface Customer {
  readonly id: string;
  readonly keyId: string;
  readonly addressIds: readonly string[];
  readonly erasure: 'none' | 'requested' | 'erased';
}

/** People who ask for help. The state is null until they are registered. */
export const customerDecider: Decider<CustomerCommand, Customer | null, CustomerEvent> = {
  category: 'customer',
  initial: null,
  target: ({ customerId }) => customerId,
  decide(command, customer) {
    if (command instanceof RegisterCustomer) return register(command, customer);
    if (customer === null) throw new DomainError('not-found', 'customer.not-found', 'There is no such customer.');
    return erase(command, customer) ?? change(command, customer);
  },
  evolve(customer, event) {
    if (event.type === 'CustomerRegistered') return registered(event);
    if (customer === null) return null;
    if (event.type === 'CustomerErasureRequested') return { ...customer, erasure: 'requested' };
    if (event.type === 'CustomerErased') return { ...customer, erasure: 'erased', addressIds: [] };
    return { ...customer, addressIds: addressesAfter(customer.addressIds, event) };
  },
  sets: (command): Readonly<Record<string, unknown>> =>
    command instanceof RenameCustomer ? { name: command.name } : {},
  changes: (event): Readonly<Record<string, unknown>> =>
    event.type === 'CustomerRenamed' ? { name: event.data.name } : {},
};

/** A second registration with the same key is the same one: an interrupted request may repeat it. */
function register(command: RegisterCustomer, customer: Customer | null): readonly CustomerEvent[] {
  const { customerId, keyId, name, address, externalId } = command;
  if (customer !== null) {
    if (customer.keyId === keyId) return [];
    throw new DomainError('conflict', 'customer.exists', 'This customer has been registered before.');
  }
  const sealed = (text: string): Personal => new Personal(keyId, text);
  return [
    {
      type: 'CustomerRegistered',
      data: {
        customerId,
        keyId,
        name: name === null ? null : sealed(name),
        address: address && { addressId: address.addressId, address: sealed(address.address) },
        externalId,
      },
    },
  ];
}

/** What an erasure consists of, and what may still be done to somebody who was erased; undefined for all other commands. */
function erase(command: CustomerCommand, { keyId, erasure }: Customer): readonly CustomerEvent[] | undefined {
  if (command instanceof RecordCustomerExport) {
    return [{ type: 'CustomerDataExported', data: { format: command.format } }];
  }
  if (command instanceof RequestCustomerErasure) {
    const data = { keyId, reason: command.reason };
    return erasure === 'none' ? [{ type: 'CustomerErasureRequested', data }] : [];
  }
  if (command instanceof ConfirmCustomerErasure) {
    if (erasure === 'requested') return [{ type: 'CustomerErased', data: { keyId } }];
    if (erasure === 'erased') return [];
    throw new DomainError('conflict', 'customer.erasure-not-requested', 'Nobody has asked to erase this customer.');
  }
  if (erasure === 'none') return undefined;
  throw new DomainError('conflict', 'customer.erased', 'This customer was erased: nothing more is written about them.');
}

function change(command: CustomerCommand, customer: Customer): readonly CustomerEvent[] {
  const sealed = (text: string): Personal => new Personal(customer.keyId, text);
  if (command instanceof RenameCustomer) return [{ type: 'CustomerRenamed', data: { name: sealed(command.name) } }];
  if (command instanceof AddCustomerNote) return [{ type: 'CustomerNoteAdded', data: { text: sealed(command.text) } }];
  if (command instanceof AddCustomerAddress) return addAddress(command, customer);
  if (command instanceof RemoveCustomerAddress) {
    const { addressId } = command;
    return customer.addressIds.includes(addressId) ? [{ type: 'CustomerAddressRemoved', data: { addressId } }] : [];
  }
  return [];
}

function addAddress({ addressId, address }: AddCustomerAddress, customer: Customer): readonly CustomerEvent[] {
  if (customer.addressIds.includes(addressId)) return [];
  if (customer.addressIds.length >= CUSTOMER_LIMITS.addresses) {
    throw new DomainError('invalid', 'customer.too-many-addresses', 'At most 20 addresses.');
  }
  const data = { addressId, address: new Personal(customer.keyId, address) };
  return [{ type: 'CustomerAddressAdded', data }];
}

function registered({ data }: CustomerRegistered): Customer {
  return {
    id: data.customerId,
    keyId: data.keyId,
    addressIds: data.address ? [data.address.addressId] : [],
    erasure: 'none',
  };
}

function addressesAfter(addressIds: readonly string[], event: CustomerEvent): readonly string[] {
  switch (event.type) {
    case 'CustomerAddressAdded':
      return [...addressIds, event.data.addressId];
    case 'CustomerAddressRemoved':
      return addressIds.filter((id) => id !== event.data.addressId);
    default:
      return addressIds;
  }
}
