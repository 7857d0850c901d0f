import fc from 'fast-check';
import { DomainError, ROLES } from '@ledgerdesk/kernel';
import { given } from '@ledgerdesk/testing';
import { ConfigureSignInProvider, RemoveSignInProvider } from './sign-in-provider.commands.js';
import { signInProviderDecider } from './sign-in-provider.decider.js';
import type { SignInProviderConfigured } from './sign-in-provider.events.js';
import { GIVEN_ROLES, type ProviderSettings, roleFor } from './sign-in-provider.js';

const settings: ProviderSettings = {
  enabled: true,
  issuer: 'https://login.example.org',
  clientId: 'desk',
  secretId: 's1',
  domains: ['example.org'],
  createsMembers: true,
  defaultRole: 'agent',
  roleClaim: 'groups',
  roleRules: [{ value: 'leads', role: 'supervisor' }],
};
const nothing = Object.fromEntries(Object.keys(settings).map((field) => [field, null]));
const configured: SignInProviderConfigured = {
  type: 'SignInProviderConfigured',
  data: { from: nothing, to: settings },
};

describe('the sign-in provider of a workspace', () => {
  it('is set up once, with everything', () => {
    given(signInProviderDecider).when(new ConfigureSignInProvider('w1', settings)).then(configured);
    expect(given(signInProviderDecider, configured).state()).toEqual(settings);
  });

  it('says of a change what it was before, and nothing of what stayed', () => {
    given(signInProviderDecider, configured)
      .when(new ConfigureSignInProvider('w1', { ...settings, enabled: false, secretId: 's2' }))
      .then({
        type: 'SignInProviderConfigured',
        data: { from: { enabled: true, secretId: 's1' }, to: { enabled: false, secretId: 's2' } },
      });
    given(signInProviderDecider, configured).when(new ConfigureSignInProvider('w1', settings)).thenNothing();
  });

  it('is removed once', () => {
    const removed = { type: 'SignInProviderRemoved', data: { from: settings, to: nothing } } as never;
    given(signInProviderDecider, configured).when(new RemoveSignInProvider('w1')).then(removed);
    given(signInProviderDecider, configured, removed).when(new RemoveSignInProvider('w1')).thenNothing();
    expect(given(signInProviderDecider, configured, removed).state()).toBeUndefined();
  });

  it('has its domains in one form, each once', () => {
    const { settings: stored } = new ConfigureSignInProvider('w1', {
      ...settings,
      domains: [' Example.ORG', 'b.example', 'example.org'],
    });
    expect(stored.domains).toEqual(['b.example', 'example.org']);
  });

  it.each([
    '',
    'org',
    '@example.org',
    'a@example.org',
    '*.example.org',
    'exämple.org',
    'example.org.',
    '.org',
    'a b.c',
    '127.0.0.1',
  ])('B18 believes no domain like %j', (domain) => {
    expect(() => new ConfigureSignInProvider('w1', { ...settings, domains: [domain] })).toThrow(
      expect.objectContaining({ code: 'sign-in-provider.domain-invalid' }) as Error,
    );
  });

  it.each([
    'https://login.example.org/.well-known/openid-configuration',
    'https://login.example.org?tenant=a',
    'https://login.example.org#a',
  ])('B18 has no issuer like %s, which nobody would compare', (issuer) => {
    expect(() => new ConfigureSignInProvider('w1', { ...settings, issuer })).toThrow(
      expect.objectContaining({ code: 'sign-in-provider.issuer-invalid' }) as Error,
    );
  });

  it('has rules only together with a claim', () => {
    expect(() => new ConfigureSignInProvider('w1', { ...settings, roleClaim: null })).toThrow(
      expect.objectContaining({ code: 'sign-in-provider.claim-missing' }) as Error,
    );
  });
});

describe('the role of somebody who joins', () => {
  it.each([
    [{ groups: ['x', 'leads'] }, 'supervisor'],
    [{ groups: 'leads' }, 'supervisor'],
    [{ groups: ['Leads'] }, 'agent'],
    [{ groups: { leads: true } }, 'agent'],
    [{}, 'agent'],
  ])('for %j is %s', (claims, role) => {
    expect(roleFor(settings, claims)).toBe(role);
  });

  it('C4 is never that of an owner, whatever is claimed', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('groups', 'role', '__proto__'), fc.anything()), (claims) => {
        expect(ROLES.filter((role) => role !== 'owner')).toContain(roleFor(settings, claims));
      }),
    );
    expect(GIVEN_ROLES).not.toContain('owner');
  });

  it('refuses with a code whatever it is given', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), (domains, issuer) => {
        try {
          const { settings: stored } = new ConfigureSignInProvider('w1', { ...settings, domains, issuer });
          expect(new ConfigureSignInProvider('w1', stored).settings).toEqual(stored);
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError);
        }
      }),
    );
  });
});
