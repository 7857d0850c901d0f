import fc from 'fast-check';
import { DomainError, ERASED, Personal, type Recorded } from '@ledgerdesk/kernel';
import { given } from '@ledgerdesk/testing';
import { addressDecider } from './address.decider.js';
import {
  AddCustomerAddress,
  AddCustomerNote,
  ConfirmCustomerErasure,
  RecordCustomerExport,
  RegisterCustomer,
  ReleaseAddress,
  RemoveCustomerAddress,
  RenameCustomer,
  RequestCustomerErasure,
  ReserveAddress,
} from './customer.commands.js';
import { customerDecider } from './customer.decider.js';
import type { AddressEvent, CustomerEvent, CustomerRegistered } from './customer.events.js';
import { addressText, nameText, noteText } from './customer-text.js';
import { customerView } from './customer-view.js';

const ID = '00000000-0000-7000-8000-00000000000c';
const KEY = '00000000-0000-7000-8000-00000000000d';
const about = (text: string): Personal => new Personal(KEY, text);
const first = { addressId: 'a1', address: about('ada@example.org') };
const second = { addressId: 'a2', address: about('ada@work.example') };
const registered: CustomerRegistered = {
  type: 'CustomerRegistered',
  data: { customerId: ID, keyId: KEY, name: about('Ada'), address: first, externalId: null },
};
const added: CustomerEvent = { type: 'CustomerAddressAdded', data: second };

describe('a customer', () => {
  const register = new RegisterCustomer(ID, {
    keyId: KEY,
    name: ' Ada ',
    address: { addressId: 'a1', address: ' Ada@Example.org' },
  });

  it('is registered once, and again only by the request that was interrupted', () => {
    given(customerDecider).when(register).then(registered);
    given(customerDecider, registered).when(register).thenNothing();
    given(customerDecider, registered)
      .when(new RegisterCustomer(ID, { keyId: 'other' }))
      .thenRefused('customer.exists');
  });

  it('may come from another system without a name or an address', () => {
    const externalId = { source: 'servicenow', id: 'Caller 2403' };
    given(customerDecider)
      .when(new RegisterCustomer(ID, { keyId: KEY, name: ' ', externalId }))
      .then({
        type: 'CustomerRegistered',
        data: { customerId: ID, keyId: KEY, name: null, address: null, externalId },
      });
  });

  it('is renamed and noted about under their own key', () => {
    given(customerDecider, registered)
      .when(new RenameCustomer(ID, 'Ada  Lovelace'))
      .then({ type: 'CustomerRenamed', data: { name: about('Ada Lovelace') } });
    given(customerDecider, registered)
      .when(new AddCustomerNote(ID, 'Calls at noon.'))
      .then({ type: 'CustomerNoteAdded', data: { text: about('Calls at noon.') } });
  });

  it('has each address once', () => {
    const add = new AddCustomerAddress(ID, 'a2', 'ADA@work.example');
    given(customerDecider, registered).when(add).then(added);
    given(customerDecider, registered, added).when(add).thenNothing();
    given(customerDecider, registered, added)
      .when(new RemoveCustomerAddress(ID, 'a1'))
      .then({ type: 'CustomerAddressRemoved', data: { addressId: 'a1' } });
    given(customerDecider, registered).when(new RemoveCustomerAddress(ID, 'a2')).thenNothing();
  });

  it('has at most twenty addresses', () => {
    const more = Array.from({ length: 19 }, (_, index): CustomerEvent => ({
      type: 'CustomerAddressAdded',
      data: { ...second, addressId: `b${String(index)}` },
    }));
    given(customerDecider, registered, ...more.slice(1))
      .when(new AddCustomerAddress(ID, 'a2', 'a@b.c'))
      .then({
        type: 'CustomerAddressAdded',
        data: { addressId: 'a2', address: about('a@b.c') },
      });
    given(customerDecider, registered, ...more)
      .when(new AddCustomerAddress(ID, 'a2', 'a@b.c'))
      .thenRefused('customer.too-many-addresses');
  });

  it('has to exist', () => {
    given(customerDecider).when(new RenameCustomer(ID, 'Ada')).thenRefused('customer.not-found');
  });

  it('tells which field a rename sets and changes', () => {
    expect(customerDecider.sets?.(new RenameCustomer(ID, 'Ada'))).toEqual({ name: 'Ada' });
    expect(customerDecider.sets?.(new AddCustomerNote(ID, 'x'))).toEqual({});
    expect(customerDecider.changes?.({ type: 'CustomerRenamed', data: { name: about('Ada') } })).toEqual({
      name: about('Ada'),
    });
    expect(customerDecider.changes?.(added)).toEqual({});
  });
});

describe('the reservation of an address', () => {
  const reserve = (customerId: string): ReserveAddress => new ReserveAddress('a1', customerId, `key of ${customerId}`);
  const reserved: AddressEvent = {
    type: 'AddressReserved',
    data: { addressId: 'a1', customerId: 'c1', keyId: 'key of c1' },
  };
  const released: AddressEvent = { type: 'AddressReleased', data: { customerId: 'c1' } };

  it('belongs to the first one, until it is released', () => {
    given(addressDecider).when(reserve('c1')).then(reserved);
    given(addressDecider, reserved).when(reserve('c1')).thenNothing();
    given(addressDecider, reserved).when(reserve('c2')).thenRefused('customer.address-taken');
    given(addressDecider, reserved, released)
      .when(reserve('c2'))
      .then({ type: 'AddressReserved', data: { addressId: 'a1', customerId: 'c2', keyId: 'key of c2' } });
  });

  it('is released by its owner only', () => {
    given(addressDecider, reserved).when(new ReleaseAddress('a1', 'c1')).then(released);
    given(addressDecider, reserved).when(new ReleaseAddress('a1', 'c2')).thenNothing();
    given(addressDecider).when(new ReleaseAddress('a1', 'c1')).thenNothing();
  });
});

describe('texts of customers', () => {
  it('stores addresses in one form', () => {
    expect(addressText(' Ada.Lovelace@EXAMPLE.org ')).toBe('ada.lovelace@example.org');
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        expect(addressText(addressText(address))).toBe(addressText(address));
      }),
    );
  });

  it.each([
    '',
    'ada',
    '@example.org',
    'ada@',
    'a b@c.d',
    'a@b\u0000.c',
    'a\u202e@b.c',
    '<a@b.c>',
    'a@b.c,d@e.f',
    `${'x'.repeat(251)}@b.c`,
  ])('refuses %p for an address', (text) => {
    expect(() => addressText(text)).toThrow(expect.objectContaining({ code: 'customer.address-invalid' }));
  });

  it('shows names as people see them', () => {
    expect(nameText('  A\u202eda\tLovelace ')).toBe('Ada Lovelace');
    expect(() => nameText('\u200b')).toThrow(DomainError);
    expect(() => nameText('x'.repeat(201))).toThrow(expect.objectContaining({ code: 'customer.name-too-long' }));
    expect(() => noteText(' ')).toThrow(expect.objectContaining({ code: 'customer.note-empty' }));
    expect(noteText('a\r\nb\u0000')).toBe('a\nb');
  });
});

describe('erasing a customer', () => {
  const requested: CustomerEvent = { type: 'CustomerErasureRequested', data: { keyId: KEY, reason: 'person_asked' } };
  const erased: CustomerEvent = { type: 'CustomerErased', data: { keyId: KEY } };
  const request = new RequestCustomerErasure(ID, 'person_asked');
  const confirm = new ConfirmCustomerErasure(ID);

  it('is requested once, whatever the second reason', () => {
    given(customerDecider, registered).when(request).then(requested);
    given(customerDecider, registered, requested).when(new RequestCustomerErasure(ID, 'unlawful')).thenNothing();
    given(customerDecider, registered, requested, erased).when(request).thenNothing();
    given(customerDecider).when(request).thenRefused('customer.not-found');
  });

  it('is confirmed once, and only after it was requested', () => {
    given(customerDecider, registered, requested).when(confirm).then(erased);
    given(customerDecider, registered, requested, erased).when(confirm).thenNothing();
    given(customerDecider, registered).when(confirm).thenRefused('customer.erasure-not-requested');
  });

  it('frees their addresses', () => {
    expect(given(customerDecider, registered, added, requested).state()?.addressIds).toEqual(['a1', 'a2']);
    expect(given(customerDecider, registered, added, requested, erased).state()?.addressIds).toEqual([]);
  });

  it.each([
    new RenameCustomer(ID, 'Ada'),
    new AddCustomerNote(ID, 'Calls at noon.'),
    new AddCustomerAddress(ID, 'a3', 'ada@home.example'),
    new RemoveCustomerAddress(ID, 'a1'),
  ])('lets nothing more be written from the request on: %p', (command) => {
    given(customerDecider, registered, requested).when(command).thenRefused('customer.erased');
    given(customerDecider, registered, requested, erased).when(command).thenRefused('customer.erased');
  });

  it('writes down who took a copy, before and after', () => {
    const exported: CustomerEvent = { type: 'CustomerDataExported', data: { format: 'html' } };
    given(customerDecider, registered).when(new RecordCustomerExport(ID, 'html')).then(exported);
    given(customerDecider, registered, requested, erased).when(new RecordCustomerExport(ID, 'html')).then(exported);
  });
});

describe('the view of a customer', () => {
  const told = (...events: CustomerEvent[]): readonly Recorded<CustomerEvent>[] =>
    events.map((event, revision) => ({
      ...event,
      id: `e${String(revision)}`,
      stream: `customer-x_${ID}`,
      revision,
      position: String(revision),
      metadata: {
        workspaceId: ID,
        actor: 'member:m1',
        cause: 'command:Told',
        commandId: 'told',
        correlationId: 'told',
        v: '1',
        occurredAt: `2026-03-02T12:00:0${String(revision)}.000Z`,
        recordedAt: '2026-03-02T12:00:00.000Z',
        previousHash: '',
        hash: '',
      },
    }));

  it('follows the events', () => {
    const view = customerView(
      told(
        registered,
        added,
        { type: 'CustomerNoteAdded', data: { text: about('Calls at noon.') } },
        { type: 'CustomerRenamed', data: { name: about('Ada Lovelace') } },
        { type: 'CustomerAddressRemoved', data: { addressId: 'a1' } },
      ),
    );
    expect(view).toEqual({
      id: ID,
      version: 4,
      name: 'Ada Lovelace',
      addresses: [{ addressId: 'a2', address: 'ada@work.example' }],
      notes: [{ id: 'e2', text: 'Calls at noon.', actor: 'member:m1', at: '2026-03-02T12:00:02.000Z' }],
      erased: false,
      erasure: null,
      externalId: null,
      registeredAt: '2026-03-02T12:00:00.000Z',
      updatedAt: '2026-03-02T12:00:04.000Z',
      imported: false,
    });
    expect(customerView(told(added))).toBeUndefined();
  });

  it('says who asked for the erasure and when it was done, and holds no text afterwards', () => {
    const events: CustomerEvent[] = [
      registered,
      { type: 'CustomerNoteAdded', data: { text: about('Calls at noon.') } },
      { type: 'CustomerErasureRequested', data: { keyId: KEY, reason: 'unlawful' } },
      { type: 'CustomerErased', data: { keyId: KEY } },
      { type: 'CustomerDataExported', data: { format: 'json' } },
    ];
    const erasure = { reason: 'unlawful', requestedBy: 'member:m1', requestedAt: '2026-03-02T12:00:02.000Z' };
    expect(customerView(told(...events.slice(0, 3)))).toMatchObject({
      name: 'Ada',
      erased: false,
      erasure: { ...erasure, state: 'requested', erasedAt: null },
    });
    expect(customerView(told(...events))).toMatchObject({
      version: 4,
      name: null,
      addresses: [],
      notes: [{ text: null }],
      erased: true,
      erasure: { ...erasure, state: 'erased', erasedAt: '2026-03-02T12:00:03.000Z' },
      updatedAt: '2026-03-02T12:00:03.000Z',
    });
  });

  it('shows nothing of an erased person', () => {
    const gone = new Personal(KEY, ERASED);
    const data = { ...registered.data, name: gone, address: { addressId: 'a1', address: gone } };
    expect(customerView(told({ type: 'CustomerRegistered', data }))).toMatchObject({
      erased: true,
      name: null,
      addresses: [{ addressId: 'a1', address: null }],
    });
  });
});
