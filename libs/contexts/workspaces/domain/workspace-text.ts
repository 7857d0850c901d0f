import { DomainError } from '@ledgerdesk/kernel';

export const LONGEST_NAME = 100;

/** Controls, bidirectional overrides and invisible characters: they make two different names look alike. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

/**
 * A name as people see it, in the one form in which it is stored: NFC, single spaces, nothing invisible.
 * @param of what is named, for the code of the refusal: `team.name-empty`
 * @throws DomainError `<of>.name-empty`, `<of>.name-too-long`
 */
export function nameText(text: string, of: 'workspace' | 'member' | 'team'): string {
  const name = text.normalize('NFC').replaceAll(/\s+/gu, ' ').replaceAll(UNSEEN, '').trim();
  if (name === '') throw new DomainError('invalid', `${of}.name-empty`, 'The name has no visible text.');
  if ([...name].length <= LONGEST_NAME) return name;
  throw new DomainError(
    'invalid',
    `${of}.name-too-long`,
    `The name is longer than ${String(LONGEST_NAME)} characters.`,
  );
}
