import { areasOf, chosenWith, chosenWithout } from './chosen-permissions';

const catalogue = [
  { name: 'tickets.read', needs: [] },
  { name: 'tickets.reply', needs: ['tickets.read'] },
  { name: 'ledger.read', needs: ['tickets.read'] },
  { name: 'ledger.verify', needs: ['ledger.read', 'tickets.read'] },
];

describe('choosing permissions', () => {
  it('brings along what one needs, once', () => {
    expect(chosenWith([], 'ledger.verify', catalogue)).toEqual(['ledger.read', 'tickets.read', 'ledger.verify']);
    expect(chosenWith(['tickets.read'], 'tickets.reply', catalogue)).toEqual(['tickets.read', 'tickets.reply']);
  });

  it('takes along what makes no sense any more', () => {
    const all = catalogue.map(({ name }) => name);
    expect(chosenWithout(all, 'ledger.read', catalogue)).toEqual(['tickets.read', 'tickets.reply']);
    expect(chosenWithout(all, 'tickets.read', catalogue)).toEqual([]);
  });

  it('shows them by what they are about', () => {
    expect(areasOf(catalogue).map(({ area, permissions }) => [area, permissions.length])).toEqual([
      ['tickets', 2],
      ['ledger', 2],
    ]);
  });
});
