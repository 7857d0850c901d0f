/**
 * How well `query` finds `text`: higher is better, undefined when it does not. The letters of the query must appear in order;
 * beginnings of words and runs count more, so `at` finds "Assign ticket" before "Status".
 */
export function matchScore(query: string, text: string): number | undefined {
  const letters = [...query.toLocaleLowerCase()].filter((letter) => letter !== ' ');
  const words = text.toLocaleLowerCase();
  let score = 0;
  let from = 0;
  let previous = -2;
  for (const letter of letters) {
    const found = words.indexOf(letter, from);
    if (found === -1) return undefined;
    score += scoreAt(words, found, previous);
    previous = found;
    from = found + letter.length;
  }
  return score - words.length / 100;
}

function scoreAt(words: string, found: number, previous: number): number {
  if (found === previous + 1) return 5;
  if (found === 0 || words[found - 1] === ' ') return 8;
  return 1;
}
