import { characters } from '@ledgerdesk/kernel';
import { DEMO_PASSWORD } from '../demo/demo-people.js';

/** Code points. */
export const SHORTEST_PASSWORD = 12;

/** Why somebody may not have a password. */
export type Unfitness = 'too-short' | 'too-common' | 'about-you';

interface Owner {
  /** Address that signs in with it; empty when it is not known yet. */
  readonly email: string;
  /** Demo logins keep theirs in embedded mode. */
  readonly demoPasswordAllowed: boolean;
}

/** What every list of stolen passwords begins with, and rows of keys. The longer ones first: what is left of a word is no word. */
const TRIED_BY_EVERYBODY = [
  ...['correcthorsebatterystaple', 'administrator', '1q2w3e4r5t6y', '!@#$%^&*()', '1234567890', 'qwertyuiop'],
  ...['unbelievable', 'basketball', 'qwertzuiop', 'asdfghjkl', 'changeme', 'baseball', 'computer', 'football'],
  ...['iloveyou', 'internet', 'password', 'princess', 'starwars', 'sunshine', 'superman', 'trustno1', 'whatever'],
  ...['1q2w3e4r', '1qaz2wsx', '987654321', '0987654321', 'passwort', 'charlie', 'freedom', 'letmein', 'michael'],
  ...['support', 'welcome', 'abcdefg', 'zxcvbnm', 'yxcvbnm', '123123', '654321', 'abc123', 'batman', 'dragon'],
  ...['helpdesk', 'killer', 'master', 'monkey', 'qwerty', 'qwertz', 'secret', 'shadow', '12345', 'abcde', 'admin'],
  ...['hallo', 'hello', 'login', 'summer', 'winter', '4321', '1234', 'asdf', 'test', 'love', 'zxcv'],
].toSorted((a, b) => b.length - a.length);

const PRODUCT = 'ledgerdesk';
/** A shorter part of an address is part of ordinary words. */
const SHORTEST_NAME = 4;
/** What has to be left of a password when the words that anybody tries first are taken away. */
const LEAST_OF_ONES_OWN = 6;
/** `aaaaaaaaaaaa` and `121212121212` are long, and the first that are tried. */
const LEAST_DIFFERENT = 5;

/**
 * Length and words that anybody tries first, and nothing else: NIST SP 800-63B asks for no mixture of kinds of characters, because
 * people answer that with `Password1!`. `undefined` when the password will do.
 */
export function unfitness(password: string, { email, demoPasswordAllowed }: Owner): Unfitness | undefined {
  if (characters(password) < SHORTEST_PASSWORD) return 'too-short';
  if (password === DEMO_PASSWORD) return demoPasswordAllowed ? undefined : 'too-common';
  const text = folded(password);
  const [local = ''] = email.split('@');
  const names = [email, local, PRODUCT].map(folded).filter((name) => name.length >= SHORTEST_NAME);
  if (isLittle(without(names, text))) return 'about-you';
  return new Set(text).size < LEAST_DIFFERENT || isLittle(without(TRIED_BY_EVERYBODY, without(names, text)))
    ? 'too-common'
    : undefined;
}

/** As it would be guessed: capitals and what stands between words change nothing. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s._-]/g, '');
}

function without(words: readonly string[], text: string): string {
  return words.reduce((rest, word) => rest.replaceAll(word, ''), text);
}

function isLittle(rest: string): boolean {
  return characters(rest) < LEAST_OF_ONES_OWN;
}
