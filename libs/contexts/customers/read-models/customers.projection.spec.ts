import fc from 'fast-check';
import { ERASED, Personal } from '@ledgerdesk/kernel';
import { about, KEY, registered, told, WORKSPACE } from '../customers.fixture.js';
import type { CustomerEvent } from '../domain/customer.events.js';
import { customerView } from '../domain/customer-view.js';
import type { CustomerRow } from './customers.entity.js';
import { customers } from './customers.projection.js';
import { findablePattern, findableText } from './findable-text.js';

const ID = '00000000-0000-7000-8000-00000000000c';

function rowAfter(...events: readonly CustomerEvent[]): CustomerRow | undefined {
  return told(ID, events).reduce<CustomerRow | undefined>((row, event) => {
    expect(customers.keysOf(event)).toEqual([ID]);
    return customers.apply(row, event, ID);
  }, undefined);
}

describe('customers', () => {
  const jürgen = registered(ID, 'Jürgen Müller', 'JM@example.org');
  const second: CustomerEvent = {
    type: 'CustomerAddressAdded',
    data: { addressId: 'a2', address: about('j@work.example') },
  };

  it('shows a customer as the fold of their events does, found by name and addresses', () => {
    const renamed: CustomerEvent = { type: 'CustomerRenamed', data: { name: about('Jørg Åse') } };
    const row = rowAfter(jürgen, second, renamed);
    expect(row).toMatchObject({
      id: ID,
      workspaceId: WORKSPACE,
      sortName: 'jørg ase',
      findable: 'jørg ase jm@example.org j@work.example',
      externalId: null,
      version: 2,
    });
    const view = JSON.parse(row?.view ?? '') as { updatedAt: string };
    expect(view).toEqual(customerView(told(ID, [jürgen, second, renamed])));
  });

  it('forgets what was removed', () => {
    const row = rowAfter(jürgen, second, { type: 'CustomerAddressRemoved', data: { addressId: 'a2' } });
    expect(row?.findable).toBe('jurgen muller jm@example.org');
  });

  it('sorts those without a name by their address, and those without either first', () => {
    expect(rowAfter(registered(ID, null, 'Zoe@example.org'))?.sortName).toBe('zoe@example.org');
    expect(rowAfter(registered(ID, null, null))).toMatchObject({ sortName: '', findable: '' });
  });

  it('knows the id that somebody has elsewhere', () => {
    const data = { ...registered(ID, null, null).data, externalId: { source: 'servicenow', id: 'Caller 7' } };
    expect(rowAfter({ type: 'CustomerRegistered', data })).toMatchObject({ externalId: 'Caller 7' });
  });

  it('holds no text of somebody who was erased', () => {
    const gone = new Personal(KEY, ERASED);
    const data = { ...jürgen.data, name: gone, address: { addressId: 'a1', address: gone } };
    const row = rowAfter({ type: 'CustomerRegistered', data }, { type: 'CustomerNoteAdded', data: { text: gone } });
    expect(row).toMatchObject({ sortName: '', findable: '' });
    expect(JSON.parse(row?.view ?? '')).toMatchObject({ erased: true, name: null, notes: [{ text: null }] });
  });

  it('makes no row of a customer that was never registered', () => {
    expect(rowAfter(second)).toBeUndefined();
  });
});

describe('findable text', () => {
  it('has neither case nor accents, however it was composed', () => {
    expect(findableText('ÀÉÎÕÜ Straße')).toBe('aeiou straße');
    expect(findableText('Jose\u0301')).toBe(findableText('JOSÉ'));
  });

  it('stays what it is when it is made findable again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(findableText(findableText(text))).toBe(findableText(text));
      }),
    );
  });

  it('takes signs that mean something to the database as themselves', () => {
    expect(findablePattern(' 100%_\\ ')).toBe('%100\\%\\_\\\\%');
  });
});
