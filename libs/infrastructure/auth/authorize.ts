import { subject as tagged } from '@casl/ability';
import { DomainError } from '@ledgerdesk/kernel';
import type { DeskAbility } from './abilities.js';

/**
 * Names the kind of an aggregate for `authorize`. It tags a copy: a state that other requests share stays untouched.
 * @example authorize(ability, 'edit', subject('Note', note))
 */
export function subject<Aggregate extends object>(name: string, aggregate: Aggregate): Aggregate {
  return tagged(name, { ...aggregate });
}

/**
 * Refuses what the ability does not allow on this aggregate as it stands now (not on the input, not on a stale row).
 * @throws DomainError forbidden `auth.forbidden`
 */
export function authorize(ability: DeskAbility, action: string, target: string | object): void {
  if (ability.can(action, target)) return;
  throw accessDenied();
}

/** The one refusal of everything that a role may not do. */
export function accessDenied(): DomainError {
  return new DomainError('forbidden', 'auth.forbidden', 'Your role does not allow this.');
}
