import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import { DomainError, type Scope } from '@ledgerdesk/kernel';
import type { Principal } from './principal.js';

export const KEY_SCOPE = 'ledgerdesk:key-scope';
/** Name of the security scheme in the API description. */
export const API_KEY_SCHEME = 'apiKey';

/** Answers for whom an API key speaks. The integrations context provides it, because keys live there. */
export interface KeyHolders {
  /**
   * The member who made the key, with the role of now and the key's claim; `undefined` when the key is good for nothing, whyever.
   * @param ip where the request comes from
   */
  holder(key: string, ip: string): Promise<Principal | undefined>;
}

/** Nest injection token of the installation's `KeyHolders`. */
export const KEY_HOLDERS = Symbol('KeyHolders');

/** Opens a route to API keys that were made for this, beside members. A route without it is closed to every key. */
export const ForKeys = (scope: Scope): MethodDecorator =>
  applyDecorators(SetMetadata(KEY_SCOPE, scope), ApiSecurity('bearer'), ApiSecurity(API_KEY_SCHEME, [scope]));

/** Whether a credential means to be an API key, and not an access token. */
export function isApiKey(credential: string): boolean {
  return credential.startsWith('ldk_');
}

/**
 * @param scope of the route; `undefined` where no key may go
 * @throws DomainError forbidden `api-key.scope-missing`
 */
export function authorizeKey({ key }: Principal, scope: Scope | undefined): void {
  if (!key || (scope !== undefined && key.scopes.includes(scope))) return;
  throw new DomainError(
    'forbidden',
    'api-key.scope-missing',
    scope === undefined
      ? 'No API key may do this: sign in as a member.'
      : `This needs an API key with the scope ${scope}: make one that has it.`,
  );
}
