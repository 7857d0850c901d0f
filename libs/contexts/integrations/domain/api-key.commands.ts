import { characters, DomainError, seenLine } from '@ledgerdesk/kernel';
import type { KeySecret } from './api-key.js';

export const LONGEST_KEY_NAME = 100;
export const LONGEST_OVERLAP_HOURS = 24;

export interface ApiKeyWish {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly networks: readonly string[];
  /** RFC 3339 UTC. */
  readonly expiresAt: string | null;
}

/** @throws DomainError `api-key.name-empty` */
export class CreateApiKey {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly networks: readonly string[];
  readonly expiresAt: string | null;

  constructor(
    readonly keyId: string,
    readonly memberId: string,
    wish: ApiKeyWish,
    readonly secret: KeySecret,
  ) {
    this.name = nameOf(wish.name);
    this.scopes = [...new Set(wish.scopes)];
    this.networks = [...new Set(wish.networks)];
    this.expiresAt = wish.expiresAt;
  }
}

export class RollApiKey {
  constructor(
    readonly keyId: string,
    readonly memberId: string,
    readonly secret: KeySecret,
    /** How long the present secret stays good, from 0 to 24. */
    readonly overlapHours: number,
  ) {}
}

export class RevokeApiKey {
  constructor(readonly keyId: string) {}
}

function nameOf(text: string): string {
  const name = seenLine(text);
  if (name === '' || characters(name) > LONGEST_KEY_NAME) {
    throw new DomainError('invalid', 'api-key.name-empty', 'Give the key a name that says where it is used.');
  }
  return name;
}
