/**
 * Words as the search knows them. Texts and queries are cut by the same code, here and not in Postgres, so both sides always
 * agree and a rebuilt index comes out the same on every machine.
 */

/** Letters that do not decompose into a base letter and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};
const OTHER_LETTERS = /[ßæœøđðłþı]/g;

/** Scripts that write no spaces: every character is a word, and a query finds them side by side. */
const UNSPACED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]`;
const WORD = new RegExp(String.raw`${UNSPACED}|(?:(?!${UNSPACED})[\p{L}\p{N}])+`, 'gu');
const ASCII_WORD = /[a-z0-9]+/g;
const ASCII = /^\p{ASCII}*$/u;

/** Longer words are cut: nobody types them, and Postgres refuses lexemes of 2 kB. */
const LONGEST_WORD = 64;

/** Small letters without accents: `Müller` and `muller` are one. */
export function folded(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(OTHER_LETTERS, (letter) => LETTERS[letter] ?? letter);
}

/** The words of a text in their order. */
export function wordsOf(text: string): readonly string[] {
  const plain = folded(text);
  const words = plain.match(ASCII.test(plain) ? ASCII_WORD : WORD) ?? [];
  return words.map((word) => (word.length > LONGEST_WORD ? word.slice(0, LONGEST_WORD) : word));
}

/** A lexeme as `tsvector` and `tsquery` literals write it. */
export function lexeme(word: string): string {
  return `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** The lexeme that stands for a tag; no word of a text looks like it. */
export function tagLexeme(tag: string): string {
  return lexeme(`tag:${tag}`);
}
