import fc from 'fast-check';
import { hueOf, initials } from './initials';

describe('initials', () => {
  it.each([
    ['Grace Hopper', 'GH'],
    ['Maximilian Freiherr von Hohenstaufen', 'MH'],
    ['李小龙', '李'],
    ['مريم الخوارزمي', 'ما'],
    ['person@example.com', 'PC'],
    ['  ', '?'],
  ])('of "%s" are %s', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });

  it('stay the same colour for the same name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(hueOf(name, 6)).toBe(hueOf(name, 6));
        expect(hueOf(name, 6)).toBeLessThan(6);
      }),
    );
  });
});
