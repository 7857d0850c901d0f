import fc from 'fast-check';
import { DEEPEST, unacceptable } from './json-value.js';

/** Keys that anybody may use. */
const key = fc.string().filter((text) => unacceptable({ [text]: 0 }) === undefined);
const leaf = fc.oneof(
  fc.string().filter((text) => !text.includes('\0')),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map((number) => number + 0 || 0),
  fc.boolean(),
  fc.constant(null),
);
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value')), fc.dictionary(key, tie('value'))),
})).value;

/** `value` below a few arrays and objects, and the pointer to it. */
const buried = (value: fc.Arbitrary<unknown>): fc.Arbitrary<{ readonly body: unknown; readonly pointer: string }> =>
  fc.tuple(value, fc.array(fc.constantFrom('a', 'b/c', '~', 0), { maxLength: 10 })).map(([inner, steps]) => ({
    body: steps.reduceRight<unknown>((below, step) => (step === 0 ? [below] : { [step]: below }), inner),
    pointer: steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
  }));

describe('what no operation accepts', () => {
  it('lets ordinary JSON through', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(unacceptable(value)).toBeUndefined();
      }),
    );
  });

  it('D8 finds unstorable text wherever it is', () => {
    const hostile = fc
      .tuple(fc.string(), fc.constantFrom('\0', '\ud800', '\udfff'), fc.constantFrom('', 'x', 'é'))
      .map(([before, bad, after]) => `${before.replace(/[\ud800-\udbff]$/, '')}${bad}${after}`);
    fc.assert(
      fc.property(buried(hostile), ({ body, pointer }) => {
        expect(unacceptable(body)).toMatchObject({ pointer, code: 'text.unstorable' });
      }),
    );
  });

  it('D11 finds inexact numbers wherever they are', () => {
    const inexact = fc.oneof(
      fc.constantFrom(Infinity, -Infinity, NaN, -0, 2 ** 53, -(2 ** 53)),
      fc.double({ min: 1e16, noNaN: true }),
    );
    fc.assert(
      fc.property(buried(inexact), ({ body, pointer }) => {
        expect(unacceptable(body)).toMatchObject({ pointer, code: 'number.inexact' });
      }),
    );
  });

  it('D5 A3 finds refused keys wherever they are', () => {
    const name = fc.constantFrom('__proto__', 'constructor', 'prototype', 'workspaceId', 'WORKSPACE_ID', 'accountid');
    const object = name.map((text) => JSON.parse(`{"ok":1,"${text}":{"x":1}}`) as unknown);
    fc.assert(
      fc.property(buried(object), ({ body }) => {
        expect(unacceptable(body)?.code).toMatch(/^key\.refused$|^tenant\.from-credential$/);
      }),
    );
  });

  it('D6 counts levels of arrays and objects alike', () => {
    const nested = (levels: number): unknown =>
      Array.from({ length: levels }).reduce<unknown>(
        (below, _, index) => (index % 2 === 0 ? [below] : { a: below }),
        1,
      );
    expect(unacceptable(nested(DEEPEST))).toBeUndefined();
    expect(unacceptable(nested(DEEPEST + 1))).toMatchObject({ code: 'json.too-deep' });
    expect(unacceptable(nested(100_000))).toMatchObject({ code: 'json.too-deep' });
  });
});
