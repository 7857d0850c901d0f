/** Small letters without accents, for what is stored and for what is asked: `Müller` and `muller` are one. */
export function findableText(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();
}

/** The `like` pattern that finds a part of a name or address. */
export function findablePattern(text: string): string {
  return `%${findableText(text.trim()).replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;
}
