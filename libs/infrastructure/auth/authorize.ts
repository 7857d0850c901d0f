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

/** The one refusal of everything before a member has set up what the workspace asks of everybody. */
export function setUpRequired(): DomainError {
  return new DomainError(
    'forbidden',
    'auth.second-factor-required',
    'This workspace asks its members for a second factor: set one up in your account first.',
  );
}

/** The one refusal of what wants a fresh proof of who asks. */
export function stepUpRequired(): DomainError {
  return new DomainError(
    'forbidden',
    'auth.step-up-required',
    'Show your password once more (POST /auth/step-up), then send the request again.',
  );
}

/** The one refusal of everything that a role may not do. */
export function accessDenied(): DomainError {
  return new DomainError('forbidden', 'auth.forbidden', 'Your role does not allow this.');
}

/** The one refusal of everything that changes a workspace which is suspended. */
export function workspaceSuspended(): DomainError {
  return new DomainError(
    'forbidden',
    'workspace.suspended',
    'This workspace is suspended by those who run the installation: it can be read and exported, and nothing else.',
  );
}
