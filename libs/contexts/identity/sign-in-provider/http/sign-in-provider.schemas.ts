import { z } from 'zod';
import { GIVEN_ROLES, type GivenRole, type ProviderSettings } from '../domain/sign-in-provider.js';
import type { VersionedProvider } from '../provider-directory.js';

const SETTINGS = {
  // Off, so that whoever tries the example calls nobody.
  enabled: false,
  issuer: 'https://login.example.org',
  clientId: 'ledgerdesk',
  domains: ['example.org'],
  createMembers: true,
  defaultRole: 'agent',
  roleClaim: 'groups',
  roleRules: [{ value: 'desk-leads', role: 'supervisor' }],
} as const;
const REDIRECT_URI = 'https://help.example.org/api/v1/auth/oidc/northwind/callback';

const role = z.enum(GIVEN_ROLES as readonly [GivenRole, ...GivenRole[]]).meta({ id: 'GivenRole' });
const word = z.string().regex(/^[\x21-\x7e]+$/, 'printable ASCII characters without spaces');

const settings = z.strictObject({
  enabled: z.boolean().meta({ description: 'Whether members can sign in with it now' }),
  issuer: word.max(500).meta({ description: 'As the provider writes it, to the letter; https' }),
  clientId: word.max(255),
  domains: z.array(z.string().min(1).max(253)).min(1).max(20).meta({
    description: 'Domains of e-mail addresses that the provider is believed about; subdomains are domains of their own',
  }),
  createMembers: z.boolean().meta({
    description: 'Whether people whom nobody has invited become members when they first sign in',
  }),
  defaultRole: role.meta({ description: 'Of those who become members, when no rule fits' }),
  roleClaim: z
    .string()
    .min(1)
    .max(100)
    .nullable()
    .meta({ description: 'Claim of the ID token that the rules look at' }),
  roleRules: z
    .array(z.strictObject({ value: z.string().min(1).max(255), role }))
    .max(50)
    .readonly()
    .meta({ description: 'The first rule that fits gives the role' }),
});

export const ConfigureSignInProviderBody = settings
  .extend({
    clientSecret: word.max(500).optional().meta({
      format: 'password',
      description: 'Never shown again; without it the present one is kept, as long as the issuer stays the same',
    }),
  })
  .meta({ id: 'ConfigureSignInProvider', example: { ...SETTINGS, clientSecret: 'a-secret-of-the-provider' } });
export type ConfigureSignInProviderBody = z.infer<typeof ConfigureSignInProviderBody>;

export const SignInProviderView = z
  .object({
    redirectUri: z.string().meta({ description: 'To be entered at the provider' }),
    provider: settings.nullable().meta({ description: 'null when there is none' }),
  })
  .meta({ id: 'SignInProvider', example: { redirectUri: REDIRECT_URI, provider: SETTINGS } });
export type SignInProviderView = z.infer<typeof SignInProviderView>;

export function signInProviderView(redirectUri: string, settings: ProviderSettings | undefined): SignInProviderView {
  if (!settings) return { redirectUri, provider: null };
  const { secretId: _, createsMembers, domains, ...shown } = settings;
  return { redirectUri, provider: { ...shown, domains: [...domains], createMembers: createsMembers } };
}

export function settingsOf({
  createMembers,
  clientSecret: _,
  ...given
}: ConfigureSignInProviderBody): Omit<ProviderSettings, 'secretId'> {
  return { ...given, createsMembers: createMembers };
}

export function versionOf(provider: VersionedProvider | undefined): { readonly version?: number } {
  return provider ? { version: provider.version } : {};
}
