import type { DomainEvent } from '@ledgerdesk/kernel';

export type ApiKeyCreated = DomainEvent<
  'ApiKeyCreated',
  {
    readonly keyId: string;
    readonly memberId: string;
    readonly name: string;
    readonly scopes: readonly string[];
    readonly networks: readonly string[];
    readonly expiresAt: string | null;
    readonly digest: string;
    readonly ending: string;
  }
>;

/** A new secret for the same key; the one before is good until `previousGoodUntil`. */
export type ApiKeyRolled = DomainEvent<
  'ApiKeyRolled',
  {
    readonly digest: string;
    readonly ending: string;
    readonly previousEnding: string;
    readonly previousGoodUntil: string;
  }
>;

export type ApiKeyRevoked = DomainEvent<'ApiKeyRevoked'>;

export type ApiKeyEvent = ApiKeyCreated | ApiKeyRolled | ApiKeyRevoked;
