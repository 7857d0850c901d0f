import { type ErasureReason, Personal, type Recorded } from '@ledgerdesk/kernel';
import type { AddressData, CustomerEvent, CustomerRegistered, ExternalCustomerId } from './customer.events.js';

/** A customer as `GET /customers/{id}` answers them. Instants are RFC 3339 UTC. */
export interface CustomerView {
  readonly id: string;
  /** Revision of the newest event. */
  readonly version: number;
  /** Null when they gave none, or once they are erased. */
  readonly name: string | null;
  readonly addresses: readonly { readonly addressId: string; readonly address: string | null }[];
  /** Newest first, at most 50. */
  readonly notes: readonly {
    readonly id: string;
    readonly text: string | null;
    readonly actor: string;
    readonly at: string;
  }[];
  /** True when their texts can no longer be read because their key was destroyed. */
  readonly erased: boolean;
  /** Null until it was decided to erase them. */
  readonly erasure: {
    readonly state: 'requested' | 'erased';
    readonly reason: ErasureReason;
    readonly requestedBy: string;
    readonly requestedAt: string;
    readonly erasedAt: string | null;
  } | null;
  readonly externalId: ExternalCustomerId | null;
  readonly registeredAt: string;
  readonly updatedAt: string;
  readonly imported: boolean;
}

const MOST_NOTES = 50;

/** The view after an event; undefined until the customer is registered. Total, and plain JSON. */
export function evolveCustomerView(
  view: CustomerView | undefined,
  event: Recorded<CustomerEvent>,
): CustomerView | undefined {
  if (event.type === 'CustomerRegistered') return registeredView(event);
  // Reading about somebody changes nothing about them.
  if (event.type === 'CustomerDataExported') return view && { ...view, version: event.revision };
  return (
    view && { ...view, ...valuesAfter(view, event), version: event.revision, updatedAt: event.metadata.occurredAt }
  );
}

/** A customer as of the last of these events, which are all of theirs up to some moment, in order. */
export function customerView(events: readonly Recorded<CustomerEvent>[]): CustomerView | undefined {
  return events.reduce<CustomerView | undefined>(evolveCustomerView, undefined);
}

function readable(text: Personal): string | null {
  return typeof text.text === 'string' ? text.text : null;
}

function shown({ addressId, address }: AddressData): CustomerView['addresses'][number] {
  return { addressId, address: readable(address) };
}

function registeredView({ data, metadata, revision }: Recorded<CustomerRegistered>): CustomerView {
  const { name, address } = data;
  const at = metadata.occurredAt;
  return {
    id: data.customerId,
    version: revision,
    name: name && readable(name),
    addresses: address ? [shown(address)] : [],
    notes: [],
    erased: [name, address?.address].some((text) => text instanceof Personal && readable(text) === null),
    erasure: null,
    externalId: data.externalId,
    registeredAt: at,
    updatedAt: at,
    imported: metadata.imported === 'true',
  };
}

function valuesAfter(view: CustomerView, event: Recorded<CustomerEvent>): Partial<CustomerView> {
  switch (event.type) {
    case 'CustomerRenamed': {
      const name = readable(event.data.name);
      return { name, erased: view.erased || name === null };
    }
    case 'CustomerAddressAdded':
      return { addresses: [...view.addresses, shown(event.data)] };
    case 'CustomerAddressRemoved':
      return { addresses: view.addresses.filter(({ addressId }) => addressId !== event.data.addressId) };
    case 'CustomerNoteAdded': {
      const { actor, occurredAt } = event.metadata;
      const note = { id: event.id, text: readable(event.data.text), actor, at: occurredAt };
      return { notes: [note, ...view.notes].slice(0, MOST_NOTES) };
    }
    case 'CustomerErasureRequested': {
      const { actor, occurredAt } = event.metadata;
      const { reason } = event.data;
      return { erasure: { state: 'requested', reason, requestedBy: actor, requestedAt: occurredAt, erasedAt: null } };
    }
    case 'CustomerErased': {
      const notes = view.notes.map((note) => ({ ...note, text: null }));
      const erasedAt = event.metadata.occurredAt;
      const erasure = view.erasure && { ...view.erasure, state: 'erased' as const, erasedAt };
      return { name: null, addresses: [], notes, erased: true, erasure, externalId: null };
    }
    default:
      return {};
  }
}
