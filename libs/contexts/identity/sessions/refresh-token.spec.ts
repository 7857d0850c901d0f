import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { RefreshTokens } from './refresh-token.js';

const tokens = new RefreshTokens(randomBytes(32));
const claim = { sessionId: randomUUID(), generation: 7 };

describe('RefreshTokens', () => {
  it('reads what it wrote', () => {
    expect(tokens.read(tokens.write(claim))).toEqual(claim);
    expect(tokens.write(claim)).toBe(tokens.write(claim));
  });

  it('reads nothing that another key wrote, and nothing that was changed in one place', () => {
    expect(new RefreshTokens(randomBytes(32)).read(tokens.write(claim))).toBeUndefined();
    const token = tokens.write(claim);
    // The last character holds two bits that no decoder looks at.
    fc.assert(
      fc.property(fc.nat(token.length - 2), fc.constantFrom('0', 'a', 'Z', '.', '-', '\u0000'), (place, character) => {
        fc.pre(token[place] !== character);
        expect(tokens.read(token.slice(0, place) + character + token.slice(place + 1))).toBeUndefined();
      }),
    );
  });

  it('survives whatever it is shown', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(tokens.read(text)).toBeUndefined();
      }),
    );
  });
});
