import type { DomainEvent, ErasureReason, Personal } from '@ledgerdesk/kernel';

/** An address and the UUID made of its keyed HMAC, so that equal addresses are found without reading them. */
export interface AddressData {
  readonly addressId: string;
  readonly address: Personal;
}

/** An id in the system that a customer came from, e.g. `{ source: 'servicenow', id: 'Caller 2403' }`. */
export interface ExternalCustomerId {
  readonly source: string;
  readonly id: string;
}

/** A person asked for help for the first time. `keyId` seals everything personal about them, here and in their tickets. */
export type CustomerRegistered = DomainEvent<
  'CustomerRegistered',
  {
    readonly customerId: string;
    readonly keyId: string;
    readonly name: Personal | null;
    readonly address: AddressData | null;
    readonly externalId: ExternalCustomerId | null;
  }
>;

export type CustomerRenamed = DomainEvent<'CustomerRenamed', { readonly name: Personal }>;

export type CustomerAddressAdded = DomainEvent<'CustomerAddressAdded', AddressData>;

export type CustomerAddressRemoved = DomainEvent<'CustomerAddressRemoved', { readonly addressId: string }>;

export type CustomerNoteAdded = DomainEvent<'CustomerNoteAdded', { readonly text: Personal }>;

/** It was decided to erase the customer. From here on nothing is written about them, and there is no way back. */
export type CustomerErasureRequested = DomainEvent<
  'CustomerErasureRequested',
  { readonly keyId: string; readonly reason: ErasureReason }
>;

/** Their key is destroyed and their addresses are free. */
export type CustomerErased = DomainEvent<'CustomerErased', { readonly keyId: string }>;

/** Somebody took a copy of everything that is held about the customer. */
export type CustomerDataExported = DomainEvent<'CustomerDataExported', { readonly format: 'json' | 'html' }>;

export type CustomerEvent =
  | CustomerRegistered
  | CustomerRenamed
  | CustomerAddressAdded
  | CustomerAddressRemoved
  | CustomerNoteAdded
  | CustomerErasureRequested
  | CustomerErased
  | CustomerDataExported;

/** In the stream `address-…_<addressId>`: the address belongs to this customer and to nobody else. */
export type AddressReserved = DomainEvent<
  'AddressReserved',
  { readonly addressId: string; readonly customerId: string; readonly keyId: string }
>;

/** The address is free again. */
export type AddressReleased = DomainEvent<'AddressReleased', { readonly customerId: string }>;

export type AddressEvent = AddressReserved | AddressReleased;
