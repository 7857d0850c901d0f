import { DomainError } from '@ledgerdesk/kernel';
import type { ProviderSettings } from './sign-in-provider.js';

/** RFC 1123 host names of two labels or more, as DNS has them. */
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/**
 * Says what the provider is from now on.
 * @throws DomainError `sign-in-provider.issuer-invalid`, `sign-in-provider.domain-invalid`, `sign-in-provider.claim-missing`
 */
export class ConfigureSignInProvider {
  readonly settings: ProviderSettings;

  constructor(
    readonly workspaceId: string,
    settings: ProviderSettings,
  ) {
    // An issuer has no query (OpenID Connect Discovery 1.0, 3); of an address below `.well-known` nobody compares the issuer.
    if (/[?#]|\/\.well-known\//.test(settings.issuer)) {
      throw new DomainError(
        'invalid',
        'sign-in-provider.issuer-invalid',
        'Enter the issuer as the provider names it, without a query and without /.well-known/…',
      );
    }
    if (settings.roleRules.length > 0 && settings.roleClaim === null) {
      throw new DomainError(
        'invalid',
        'sign-in-provider.claim-missing',
        'Name the claim that the rules for roles look at, or remove the rules.',
      );
    }
    this.settings = { ...settings, domains: [...new Set(settings.domains.map(domainText))].toSorted() };
  }
}

/** Forgets the provider, with its secret. */
export class RemoveSignInProvider {
  constructor(readonly workspaceId: string) {}
}

function domainText(text: string): string {
  const domain = text.trim().toLowerCase();
  if (DOMAIN.test(domain)) return domain;
  throw new DomainError(
    'invalid',
    'sign-in-provider.domain-invalid',
    'Enter domains as example.org, without @ and in the letters that DNS knows.',
  );
}
