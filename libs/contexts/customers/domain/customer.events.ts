import type { DomainEvent, Personal } from '@ledgerdesk/kernel';

/** A person asked for help for the first time. `keyId` seals everything personal about them, here and in their tickets. */
export type CustomerRegistered = DomainEvent<
  'CustomerRegistered',
  { readonly customerId: string; readonly keyId: string; readonly name: Personal | null }
>;

export type CustomerRenamed = DomainEvent<'CustomerRenamed', { readonly name: Personal }>;

/** `addressId` stands for the address: a UUID made of its keyed HMAC, so equal addresses are found without reading them. */
export type CustomerAddressAdded = DomainEvent<
  'CustomerAddressAdded',
  { readonly addressId: string; readonly address: Personal }
>;

export type CustomerAddressRemoved = DomainEvent<'CustomerAddressRemoved', { readonly addressId: string }>;

export type CustomerNoteAdded = DomainEvent<'CustomerNoteAdded', { readonly text: Personal }>;

export type CustomerEvent =
  CustomerRegistered | CustomerRenamed | CustomerAddressAdded | CustomerAddressRemoved | CustomerNoteAdded;

/** In the stream `address-…_<addressId>`: the address belongs to this customer and to nobody else. */
export type AddressReserved = DomainEvent<
  'AddressReserved',
  { readonly addressId: string; readonly customerId: string; readonly keyId: string }
>;

/** The address is free again. */
export type AddressReleased = DomainEvent<'AddressReleased', { readonly customerId: string }>;

export type AddressEvent = AddressReserved | AddressReleased;
