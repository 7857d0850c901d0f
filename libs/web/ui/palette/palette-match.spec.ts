import fc from 'fast-check';
import { matchScore } from './palette-match';

const best = (query: string, texts: readonly string[]): string | undefined =>
  texts
    .map((text) => ({ text, score: matchScore(query, text) }))
    .filter((entry) => entry.score !== undefined)
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0))
    .at(0)?.text;

describe('matchScore', () => {
  it('finds words by their first letters', () => {
    expect(best('at', ['Status', 'Assign ticket', 'Catch up'])).toBe('Assign ticket');
  });

  it('does not find letters in another order', () => {
    expect(matchScore('ta', 'at')).toBeUndefined();
  });

  it('finds every text by itself and by nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        expect(matchScore(text, text)).toBeDefined();
        expect(matchScore('', text)).toBeDefined();
      }),
    );
  });
});
