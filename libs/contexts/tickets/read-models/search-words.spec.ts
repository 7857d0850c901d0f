import fc from 'fast-check';
import { folded, lexeme, wordsOf } from './search-words.js';

describe('words of the search', () => {
  it('makes accents, case and width of letters not matter', () => {
    expect(folded('MÜLLER Straße Łódź Æsir Ｗｉｄｅ')).toBe('muller strasse lodz aesir wide');
  });

  it('cuts at everything that is neither letter nor digit', () => {
    expect(wordsOf('E-mail: ada@example.org, #1042 (v2.5)')).toEqual([
      'e',
      'mail',
      'ada',
      'example',
      'org',
      '1042',
      'v2',
      '5',
    ]);
    expect(wordsOf(' \n—…')).toEqual([]);
  });

  it('takes each character of an unspaced script for a word, so that a query finds them side by side', () => {
    expect(wordsOf('印刷機 printer が')).toEqual(['印', '刷', '機', 'printer', 'か']);
  });

  it('cuts long words, which Postgres would refuse', () => {
    expect(wordsOf('x'.repeat(5_000))).toEqual(['x'.repeat(64)]);
  });

  it('gives words that stay what they are and never look like a tag', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        for (const word of wordsOf(text)) expect(word).not.toMatch(/[\s':\\]/);
      }),
    );
  });

  it('quotes lexemes', () => {
    expect(lexeme(String.raw`tag:a'b\c`)).toBe(String.raw`'tag:a''b\\c'`);
  });
});
