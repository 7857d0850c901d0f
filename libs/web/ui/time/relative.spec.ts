import fc from 'fast-check';
import { relative } from './relative';

const now = Date.parse('2026-11-20T12:00:00Z');
const ago = (minutes: number): number => now - minutes * 60_000;

describe('relative', () => {
  it.each([
    [0.5, 'now'],
    [5, '5 min'],
    [61, '1 hr'],
    [60 * 49, '2 days'],
    [60 * 24 * 30, 'Oct 21'],
    [60 * 24 * 400, 'Oct 16, 2025'],
  ])('%d minutes ago is "%s"', (minutes, text) => {
    expect(relative(ago(minutes), now, 'en')).toBe(text);
  });

  it('speaks German', () => {
    expect(relative(ago(5), now, 'de')).toBe('5 Min.');
  });

  it('stays short for any instant, also in the future', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (at) => {
        expect(relative(at, now, 'en').length).toBeLessThanOrEqual(13);
      }),
    );
  });
});
