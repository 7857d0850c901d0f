/** Stands in 60 texts of 100: a search for it must stay fast although it finds most of the desk. */
export const commonWord = 'monday';

/** Words that are searched for, each with its rank among all words: they stand in about 20, 6, 3 and 1 of 100 tickets. */
const searched = new Map([
  [100, 'printer'],
  [330, 'invoice'],
  [650, 'contract'],
  [2_000, 'projector'],
]);
export const searchWords = [...searched.values()];

const VOCABULARY = 5_000;
const syllables = 'ba de fi go ku la me ni po ru sa te vi wo xa ze bri cla dro fle'.split(' ');

/** The word of a rank: made of syllables, short when it is frequent, as in a language. */
function wordOf(rank) {
  let word = '';
  for (let rest = rank; rest > 0; rest = Math.floor(rest / syllables.length))
    word += syllables[rest % syllables.length];
  return word;
}

const vocabulary = Array.from({ length: VOCABULARY }, (_, index) => searched.get(index + 1) ?? wordOf(index + 1));

/**
 * Texts of tickets that are the same in every run. Words are as frequent as in a language (Zipf's law: the tenth word is a tenth as
 * frequent as the first), and every text has one of its own.
 * @param {number} seed
 */
export function textSource(seed) {
  let state = seed >>> 0 || 1;
  // Marsaglia's xorshift: short, and the same everywhere.
  const random = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const pick = () => vocabulary[Math.floor(VOCABULARY ** random()) - 1];
  const sentence = (first, length) => {
    let text = first;
    while (text.length < length) text += ` ${pick()}`;
    return `${text} ${Math.floor(random() * 2 ** 32).toString(36)}x.`;
  };
  return {
    random,
    subject: () => sentence('The', 20 + Math.floor(random() * 50)).slice(0, 100),
    /** 200 to 2,000 characters. */
    body: () =>
      sentence(random() < 0.6 ? `On ${commonWord} the` : 'The', 200 + Math.floor(random() * 1_780)).slice(0, 2_000),
  };
}
