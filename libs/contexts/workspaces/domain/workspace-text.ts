import { characters, DomainError, seenLine } from '@ledgerdesk/kernel';

export const LONGEST_NAME = 100;

/**
 * A name as people see it, in the one form in which it is stored: NFC, single spaces, nothing invisible.
 * @param of what is named, for the code of the refusal: `team.name-empty`
 * @throws DomainError `<of>.name-empty`, `<of>.name-too-long`
 */
export function nameText(text: string, of: 'workspace' | 'member' | 'team' | 'role'): string {
  const name = seenLine(text);
  if (name === '') throw new DomainError('invalid', `${of}.name-empty`, 'The name has no visible text.');
  if (characters(name) <= LONGEST_NAME) return name;
  throw new DomainError(
    'invalid',
    `${of}.name-too-long`,
    `The name is longer than ${String(LONGEST_NAME)} characters.`,
  );
}
