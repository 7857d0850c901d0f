import { readOptions } from './options.mjs';
import { deck, randomOf } from './random.mjs';
import { planOf } from './rounds/plan.mjs';

describe('chance', () => {
  it('is the same for the same seed, and another for another', () => {
    const few = (seed) => Array.from({ length: 5 }, randomOf(seed, 3).next);
    expect(few('a')).toEqual(few('a'));
    expect(few('a')).not.toEqual(few('b'));
  });

  it('deals every card before any comes again', () => {
    const cards = ['a', 'b', 'c', 'd'];
    const card = deck(cards, 'seed');
    expect([0, 1, 2, 3].map(card).sort()).toEqual(cards);
    expect([4, 5, 6, 7].map(card).sort()).toEqual(cards);
  });
});

describe('the plan', () => {
  it.each([
    ['postgres', 12],
    ['eventstoredb', 11],
  ])('shows every fault and every point of %s in twelve rounds', (store, faults) => {
    const rounds = Array.from({ length: 12 }, (_, round) => planOf('any', { store, hasDisk: true })(round));
    expect(new Set(rounds.map(({ fault }) => fault.name)).size).toBe(faults);
    expect(new Set(rounds.flatMap(({ points }) => points.map(({ name }) => name))).size).toBe(17);
  });

  it('leaves the full disk out where there is none', () => {
    const rounds = Array.from({ length: 20 }, (_, round) =>
      planOf('any', { store: 'postgres', hasDisk: false })(round),
    );
    expect(rounds.map(({ fault }) => fault.name)).not.toContain('disk');
  });

  it('knows its faults', () => {
    expect(() => planOf('any', { only: 'earthquake', store: 'postgres', hasDisk: true })).toThrow(
      'There is no fault "earthquake"',
    );
  });
});

describe('the options', () => {
  it.each([
    [['--rounds', 'many'], /--rounds needs a number/],
    [['--plant', 'weeds'], /no breakage "weeds"/],
    [['--store', 'paper'], /no store "paper"/],
    [['--speed'], /Unknown option/],
  ])('%p are refused with a sentence', (args, sentence) => {
    expect(() => readOptions(args)).toThrow(sentence);
  });

  it('are twelve rounds with a seed of their own', () => {
    expect(readOptions([])).toMatchObject({ rounds: 12, from: 0, seed: expect.stringMatching(/^[0-9a-f]{8}$/) });
  });
});
