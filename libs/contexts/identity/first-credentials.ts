import { DomainError } from '@ledgerdesk/kernel';
import { DEMO_PASSWORD } from './demo/demo-people.js';
import { LONGEST_PASSWORD } from './passwords/passwords.js';

/** Code points. */
const SHORTEST_PASSWORD = 12;

export const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** @throws DomainError `account.password-unfit` */
export function fitPassword(password: string): string {
  const { length } = [...password];
  if (password !== DEMO_PASSWORD && length >= SHORTEST_PASSWORD && length <= LONGEST_PASSWORD) return password;
  throw new DomainError(
    'invalid',
    'account.password-unfit',
    `A password has ${String(SHORTEST_PASSWORD)} to ${String(LONGEST_PASSWORD)} characters and is not the one of the demo.`,
  );
}
