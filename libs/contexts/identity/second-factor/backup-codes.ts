import { createHmac, randomInt } from 'node:crypto';

export const BACKUP_CODES = 10;
/** Ten of 32 letters are 50 bits: beyond any guessing at the door, and under a keyed digest beyond guessing at the table. */
const LETTERS = 10;
/** Crockford's base 32: nothing in it looks like something else in it. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const SHAPE = /^[0-9a-hjkmnp-tv-z]{10}$/;

/** Ten words for the day the phone is gone: `k3v9x-0q2mz`. */
export function newBackupCodes(): readonly string[] {
  return Array.from({ length: BACKUP_CODES }, () => {
    const letters = Array.from({ length: LETTERS }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
    return `${letters.slice(0, LETTERS / 2)}-${letters.slice(LETTERS / 2)}`;
  });
}

/** Reads what people copy from paper: with or without the hyphen, in capitals, with O for 0 and I or L for 1. */
export function readBackupCode(text: string): string | undefined {
  const letters = text.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1');
  return SHAPE.test(letters) ? letters : undefined;
}

/**
 * What is stored of a code. Quick, because the code is random and long, and keyed, so that the table alone is worth nothing.
 * @param key 32 bytes that serve nothing else
 */
export function backupDigest(key: Buffer, accountId: string, letters: string): Buffer {
  return createHmac('sha256', key).update(`${accountId}\n${letters}`).digest();
}
