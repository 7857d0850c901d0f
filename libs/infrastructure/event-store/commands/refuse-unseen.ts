import { type CommandContext, DomainError } from '@ledgerdesk/kernel';

/**
 * Refuses what who asks may not see, by the very state that is decided on: a read model may still show where it was before.
 * @throws DomainError not-found `<category>.not-found`, the same as for an aggregate that does not exist
 */
export function refuseUnseen(category: string, state: unknown, { sees }: Pick<CommandContext, 'sees'>): void {
  if (!sees || typeof state !== 'object' || state === null || sees(category, state)) return;
  throw new DomainError('not-found', `${category}.not-found`, `There is no such ${category}.`);
}
