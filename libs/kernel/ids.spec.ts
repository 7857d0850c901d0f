import fc from 'fast-check';
import { v5 } from 'uuid';
import { commandId, newId, nameId } from './index.js';

describe('ids', () => {
  it('gives the same id for the same words, and another when the words are cut elsewhere', () => {
    expect(nameId('ab', 'c')).toBe(nameId('ab', 'c'));
    expect(nameId('ab', 'c')).not.toBe(nameId('a', 'bc'));
  });

  it('is the UUIDv5 that others compute for the same words', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (words) => {
        expect(nameId(...words)).toBe(v5(JSON.stringify(words), 'b7a4b6f8-8c2e-5c0e-9a57-3f1d3a6c1e70'));
      }),
    );
  });

  it('keeps a command id apart by workspace, principal, route and key', () => {
    const id = commandId('w', 'member:1', 'openTicket', 'k');
    expect(commandId('w', 'member:2', 'openTicket', 'k')).not.toBe(id);
    expect(commandId('w', 'member:1', 'openTicket', 'k')).toBe(id);
  });

  it('makes ids that sort by their instant', () => {
    const ids = Array.from({ length: 100 }, newId);
    expect([...ids].sort()).toEqual(ids);
  });
});
