import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { LinkTokens } from './link-tokens.js';

const tokens = new LinkTokens(randomBytes(32));
const NAME = '01936c0e-7a00-7000-8000-000000000001.2';

describe('the token of a link', () => {
  it('B17 is the same whenever it is made, and read as what it names', () => {
    expect(tokens.write(NAME)).toBe(tokens.write(NAME));
    expect(tokens.read(tokens.write(NAME))).toBe(NAME);
    // It stands after a # as it is.
    expect(tokens.write(NAME)).toMatch(/^[\w.-]+$/);
  });

  it('B17 is refused with any character changed, under another key, and of another name', () => {
    const good = tokens.write(NAME);
    fc.assert(
      fc.property(
        fc.nat(good.length - 1),
        fc.constantFrom('a', 'Z', '0', '9', '-', '_', '.', '='),
        (place, character) => {
          const changed = `${good.slice(0, place)}${character}${good.slice(place + 1)}`;
          // The last character of base64url carries bits that no byte takes.
          fc.pre(changed !== good && place < good.length - 1);
          expect(tokens.read(changed)).toBeUndefined();
        },
      ),
    );
    expect(new LinkTokens(randomBytes(32)).read(good)).toBeUndefined();
    expect(tokens.read(good.replace('.2.', '.3.'))).toBeUndefined();
    for (const nothing of ['', '.', 'x', '.'.repeat(400), `.${'A'.repeat(43)}`, `${'9'.repeat(300)}.${'A'.repeat(43)}`])
      expect(tokens.read(nothing)).toBeUndefined();
  });
});
