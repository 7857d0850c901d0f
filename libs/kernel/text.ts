/**
 * Controls, bidirectional overrides and invisible characters: they make two different texts look alike. The joiners of emoji (👩‍👧)
 * and of Arabic script change what is seen, so they stay between what they join.
 */
const UNSEEN =
  /(?!\s)(?!(?<=\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?)\u200D\p{Extended_Pictographic})(?!(?<=\p{Script=Arabic})\u200C\p{Script=Arabic})[\p{Cc}\p{Cf}\p{Cs}]/gu;
const UNSEEN_IN_PROSE = /[\p{Cs}\u0000-\u0008\v\f\u000e-\u001f\u007f-\u009f]/gu;

/** A line as people see it: NFC, nothing invisible, single spaces. */
export function seenLine(text: string): string {
  return text.replaceAll(UNSEEN, '').normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}

/** Prose keeps its lines and every joiner; only controls go. */
export function seenProse(text: string): string {
  return text.normalize('NFC').replaceAll(/\r\n?/g, '\n').replaceAll(UNSEEN_IN_PROSE, '').trim();
}

/** How many characters (code points) a text has, as its limits count them. */
export function characters(text: string): number {
  let count = 0;
  for (const _character of text) count += 1;
  return count;
}
