import { DomainError } from '@ledgerdesk/kernel';
import { SHORTEST_PASSWORD, unfitness } from './passwords/password-rules.js';
import { LONGEST_PASSWORD } from './passwords/passwords.js';

export const EMAIL = /^[^\s@]+@[^\s@]+$/;

/**
 * @param email whose password it is to be, when that is known
 * @throws DomainError `account.password-unfit`
 */
export function fitPassword(password: string, email = ''): string {
  const reason = unfitness(password, { email, demoPasswordAllowed: false });
  if (reason === undefined && password.length <= LONGEST_PASSWORD) return password;
  throw new DomainError(
    'invalid',
    'account.password-unfit',
    `A password has ${String(SHORTEST_PASSWORD)} to ${String(LONGEST_PASSWORD)} characters, is not one that everybody tries, and is neither the address nor the name of the desk.`,
  );
}
