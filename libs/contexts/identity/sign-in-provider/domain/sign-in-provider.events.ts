import type { DomainEvent } from '@ledgerdesk/kernel';
import type { ProviderSettings } from './sign-in-provider.js';

type Nothing = Readonly<Record<keyof ProviderSettings, null>>;

/** Both sides of what changed; a field that nobody had set before was null. */
export type SignInProviderConfigured = DomainEvent<
  'SignInProviderConfigured',
  { readonly from: Partial<ProviderSettings | Nothing>; readonly to: Partial<ProviderSettings> }
>;

/** What it was is said once more, for those who ask what went away. */
export type SignInProviderRemoved = DomainEvent<
  'SignInProviderRemoved',
  { readonly from: ProviderSettings; readonly to: Nothing }
>;

export type SignInProviderEvent = SignInProviderConfigured | SignInProviderRemoved;
