import { createHash } from 'node:crypto';

/**
 * Chance that can be repeated: the same words give the same sequence, on every machine.
 * @param {...(string | number)} words
 */
export function randomOf(...words) {
  let state = createHash('sha256').update(words.join('\n')).digest().readUInt32LE(0);
  // mulberry32: one word of state is plenty for choosing faults.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least, most) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    /** A whole number from `least` to `most`, both included. */
    between,
    chance: (probability) => next() < probability,
    pick: (list) => list[between(0, list.length - 1)],
    shuffled(list) {
      const cards = [...list];
      for (let place = cards.length - 1; place > 0; place -= 1) {
        const other = between(0, place);
        [cards[place], cards[other]] = [cards[other], cards[place]];
      }
      return cards;
    },
  };
}

/**
 * Deals cards round after round: every card comes once before any comes again, in an order that the seed decides.
 * @template Card
 * @param {readonly Card[]} cards
 * @param {string} seed
 * @returns {(round: number) => Card} rounds count from 0
 */
export function deck(cards, seed) {
  return (round) => randomOf(seed, Math.floor(round / cards.length)).shuffled(cards)[round % cards.length];
}
