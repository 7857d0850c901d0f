import type { ErasureReason } from '@ledgerdesk/kernel';
import type { ExternalCustomerId } from './customer.events.js';
import { addressText, nameText, noteText } from './customer-text.js';

export interface NewCustomer {
  /** The key that will seal everything personal about them. */
  readonly keyId: string;
  readonly name?: string | null;
  /** Their first address; `addressId` is the UUID made of its keyed HMAC. */
  readonly address?: { readonly addressId: string; readonly address: string } | null;
  readonly externalId?: ExternalCustomerId | null;
}

/** Constructors bring texts into the form in which they are stored and throw the `invalid` errors of `customer-text`. */
export class RegisterCustomer {
  readonly keyId: string;
  readonly name: string | null;
  readonly address: { readonly addressId: string; readonly address: string } | null;
  readonly externalId: ExternalCustomerId | null;
  constructor(
    readonly customerId: string,
    customer: NewCustomer,
  ) {
    this.keyId = customer.keyId;
    this.name = customer.name?.trim() ? nameText(customer.name) : null;
    this.address = customer.address
      ? { addressId: customer.address.addressId, address: addressText(customer.address.address) }
      : null;
    this.externalId = customer.externalId ?? null;
  }
}

export class RenameCustomer {
  readonly name: string;
  constructor(
    readonly customerId: string,
    name: string,
  ) {
    this.name = nameText(name);
  }
}

export class AddCustomerAddress {
  readonly address: string;
  constructor(
    readonly customerId: string,
    readonly addressId: string,
    address: string,
  ) {
    this.address = addressText(address);
  }
}

export class RemoveCustomerAddress {
  constructor(
    readonly customerId: string,
    readonly addressId: string,
  ) {}
}

export class AddCustomerNote {
  readonly text: string;
  constructor(
    readonly customerId: string,
    text: string,
  ) {
    this.text = noteText(text);
  }
}

/** Quiet when it was requested before. */
export class RequestCustomerErasure {
  constructor(
    readonly customerId: string,
    readonly reason: ErasureReason,
  ) {}
}

/** Only after the key was destroyed. @throws DomainError `customer.erasure-not-requested` */
export class ConfirmCustomerErasure {
  constructor(readonly customerId: string) {}
}

export class RecordCustomerExport {
  constructor(
    readonly customerId: string,
    readonly format: 'json' | 'html',
  ) {}
}

export type CustomerCommand =
  | RegisterCustomer
  | RenameCustomer
  | AddCustomerAddress
  | RemoveCustomerAddress
  | AddCustomerNote
  | RequestCustomerErasure
  | ConfirmCustomerErasure
  | RecordCustomerExport;

/** The one who reserves an address first has it; quiet for the same customer. */
export class ReserveAddress {
  constructor(
    readonly addressId: string,
    readonly customerId: string,
    readonly keyId: string,
  ) {}
}

/** Quiet unless the customer has it. */
export class ReleaseAddress {
  constructor(
    readonly addressId: string,
    readonly customerId: string,
  ) {}
}

export type AddressCommand = ReserveAddress | ReleaseAddress;
