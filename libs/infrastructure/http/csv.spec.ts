import fc from 'fast-check';
import { csvLine } from './csv.js';

/** A reader of RFC 4180, as small as it can be: every cell is in quotes. */
function read(line: string): string[] {
  return [...line.matchAll(/"((?:[^"]|"")*)"(?:,|\r\n$)/g)].map(([, cell = '']) => cell.replaceAll('""', '"'));
}

describe('a line of CSV', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@A1',
    '\t=1',
    '\r=1',
    ' =1',
    '＝1',
    '　＋1',
    '\u200b=1',
    '\u2060@A1',
    '\ufeff-2',
    '＠sum(A1)',
    '\ttext',
  ])('E17 makes %j harmless', (text) => {
    expect(csvLine([text])).toBe(`"'${text}"\r\n`);
  });

  it('E17 leaves no cell that begins like a formula, whatever stands before it', () => {
    const blank = fc.constantFrom('', ' ', '\t', '\r', '\n', '\u00a0', '\u200b', '\u3000');
    const sign = fc.constantFrom('=', '+', '-', '@', '＝', '＋', '－', '＠');
    fc.assert(
      fc.property(blank, blank, sign, fc.string(), (a, b, first, rest) => {
        expect(read(csvLine([`${a}${b}${first}${rest}`]))[0]).toMatch(/^'/);
      }),
    );
  });

  it('gives back what was put in, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (cells) => {
        const back = read(csvLine(cells));
        expect(back).toHaveLength(cells.length);
        for (const [i, cell] of cells.entries()) expect([cell, `'${cell}`]).toContain(back[i]);
      }),
    );
  });

  it('leaves words and numbers as they are', () => {
    expect(csvLine(['Billing', 'a=b', 'e-mail', -7, '{"a":1}', ''])).toBe(
      '"Billing","a=b","e-mail","-7","{""a"":1}",""\r\n',
    );
  });
});
