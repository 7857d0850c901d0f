import { join } from 'node:path';
import { describeGoldenEvents } from '@ledgerdesk/testing';
import type { SignInProviderEvent } from '../domain/sign-in-provider.events.js';
import type { ProviderSettings } from '../domain/sign-in-provider.js';

const settings: ProviderSettings = {
  enabled: true,
  issuer: 'https://login.example.org',
  clientId: 'desk',
  secretId: '00000000-0000-7000-8000-0000000000c1',
  domains: ['example.org'],
  createsMembers: true,
  defaultRole: 'agent',
  roleClaim: 'groups',
  roleRules: [{ value: 'leads', role: 'supervisor' }],
};
const nothing = {
  ...{ enabled: null, issuer: null, clientId: null, secretId: null, domains: null },
  ...{ createsMembers: null, defaultRole: null, roleClaim: null, roleRules: null },
};

const provider: {
  readonly [Type in SignInProviderEvent['type']]: Extract<SignInProviderEvent, { type: Type }>['data'];
} = {
  SignInProviderConfigured: { from: nothing, to: settings },
  SignInProviderRemoved: { from: settings, to: nothing },
};

describeGoldenEvents(join(__dirname, 'golden.json'), { provider });
