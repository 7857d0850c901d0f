import { type Decider, type DecisionContext, DomainError } from '@ledgerdesk/kernel';
import { CreateApiKey, LONGEST_OVERLAP_HOURS, type RevokeApiKey, RollApiKey } from './api-key.commands.js';
import type { ApiKeyEvent } from './api-key.events.js';
import type { ApiKey } from './api-key.js';

type ApiKeyCommand = CreateApiKey | RollApiKey | RevokeApiKey;
type State = ApiKey | undefined;

const HOUR = 3_600_000;

export const apiKeyDecider: Decider<ApiKeyCommand, State, ApiKeyEvent> = {
  category: 'apikey',
  initial: undefined,
  target: ({ keyId }) => keyId,
  decide(command, state, context) {
    if (command instanceof CreateApiKey) return create(command, state, context);
    if (!state) throw new DomainError('not-found', 'api-key.not-found', 'There is no such API key.');
    if (command instanceof RollApiKey) return roll(command, state, context);
    return state.revokedAt === null ? [{ type: 'ApiKeyRevoked', data: {} }] : [];
  },
  evolve(state, { type, data }, { occurredAt }) {
    switch (type) {
      case 'ApiKeyCreated': {
        const { digest, ending, ...key } = data;
        return { ...key, secret: { digest, ending }, createdAt: occurredAt, previous: null, revokedAt: null };
      }
      case 'ApiKeyRolled': {
        const { digest, ending, previousGoodUntil } = data;
        const previous = state && { digest: state.secret.digest, goodUntil: previousGoodUntil };
        return state && { ...state, secret: { digest, ending }, previous: previous ?? null };
      }
      case 'ApiKeyRevoked':
        return state && { ...state, revokedAt: occurredAt };
      default:
        // Written by a newer release beside this one.
        return state;
    }
  },
};

function create(command: CreateApiKey, state: State, { now }: DecisionContext): ApiKeyEvent[] {
  if (state) throw new DomainError('conflict', 'api-key.exists', 'This API key was created before.');
  const { keyId, memberId, name, scopes, networks, expiresAt, secret } = command;
  if (expiresAt !== null && Date.parse(expiresAt) <= now) {
    throw new DomainError('invalid', 'api-key.expiry-past', 'The key would have expired already: choose a later day.');
  }
  return [{ type: 'ApiKeyCreated', data: { keyId, memberId, name, scopes, networks, expiresAt, ...secret } }];
}

/** The secret of a key speaks for the member who made it, so nobody else may come by it. */
function roll({ memberId, secret, overlapHours }: RollApiKey, key: ApiKey, { now }: DecisionContext): ApiKeyEvent[] {
  if (memberId !== key.memberId) {
    throw new DomainError(
      'forbidden',
      'api-key.not-yours',
      'Only the member who made a key may roll it: revoke it, and make one of your own.',
    );
  }
  if (key.revokedAt !== null || (key.expiresAt !== null && Date.parse(key.expiresAt) <= now)) {
    throw new DomainError('conflict', 'api-key.over', 'This key is not good any more: make a new one.');
  }
  const hours = Math.min(Math.max(overlapHours, 0), LONGEST_OVERLAP_HOURS);
  const previousGoodUntil = new Date(now + hours * HOUR).toISOString();
  return [{ type: 'ApiKeyRolled', data: { ...secret, previousEnding: key.secret.ending, previousGoodUntil } }];
}
