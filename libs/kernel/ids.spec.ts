import { commandId, newId, nameId } from './index.js';

describe('ids', () => {
  it('gives the same id for the same words, and another when the words are cut elsewhere', () => {
    expect(nameId('ab', 'c')).toBe(nameId('ab', 'c'));
    expect(nameId('ab', 'c')).not.toBe(nameId('a', 'bc'));
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
