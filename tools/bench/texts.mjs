const words =
  'printer access report invoice network account login screen update server password laptop phone error order delivery contract payment customer module driver window license backup storage request approval budget meeting project release'.split(
    ' ',
  );

/** Stands in 60 texts of 100: a search for it must stay fast although it finds most of the desk. */
export const commonWord = 'monday';

/**
 * Texts of tickets that are the same in every run.
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
  const pick = () => words[Math.floor(random() * words.length)];
  const sentence = (length) => {
    let text = random() < 0.6 ? `On ${commonWord} the` : 'The';
    while (text.length < length) text += ` ${pick()}`;
    return `${text} ${Math.floor(random() * 100_000).toString(36)}x.`;
  };
  return {
    random,
    subject: () => sentence(20 + Math.floor(random() * 50)).slice(0, 100),
    /** 200 to 2,000 characters. */
    body: () => sentence(200 + Math.floor(random() * 1_780)),
  };
}
