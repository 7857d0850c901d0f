import { join } from 'node:path';
import { Personal } from '@ledgerdesk/kernel';
import { describeGoldenEvents } from '@ledgerdesk/testing';
import type { AddressEvent, CustomerEvent } from '../domain/customer.events.js';

const CUSTOMER = '00000000-0000-7000-8000-00000000000c';
const KEY = '00000000-0000-7000-8000-00000000000d';
const ADDRESS = '00000000-0000-8000-8000-0000000000ad';
const about = (text: string): Personal => new Personal(KEY, text);

const customer: { readonly [Type in CustomerEvent['type']]: Extract<CustomerEvent, { type: Type }>['data'] } = {
  CustomerRegistered: {
    customerId: CUSTOMER,
    keyId: KEY,
    name: about('Ada Lovelace'),
    address: { addressId: ADDRESS, address: about('ada@example.org') },
    externalId: { source: 'servicenow', id: 'Caller 2403' },
  },
  CustomerRenamed: { name: about('Ada King') },
  CustomerAddressAdded: { addressId: ADDRESS, address: about('ada@work.example') },
  CustomerAddressRemoved: { addressId: ADDRESS },
  CustomerNoteAdded: { text: about('Calls at noon.') },
  CustomerErasureRequested: { keyId: KEY, reason: 'person_asked' },
  CustomerErased: { keyId: KEY },
  CustomerDataExported: { format: 'json' },
};

const address: { readonly [Type in AddressEvent['type']]: Extract<AddressEvent, { type: Type }>['data'] } = {
  AddressReserved: { addressId: ADDRESS, customerId: CUSTOMER, keyId: KEY },
  AddressReleased: { customerId: CUSTOMER },
};

describeGoldenEvents(join(__dirname, 'golden.json'), { customer, address });
