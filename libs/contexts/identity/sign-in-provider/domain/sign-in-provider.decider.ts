import { isDeepStrictEqual } from 'node:util';
import type { Decider } from '@ledgerdesk/kernel';
import { ConfigureSignInProvider, type RemoveSignInProvider } from './sign-in-provider.commands.js';
import type { SignInProviderEvent } from './sign-in-provider.events.js';
import type { ProviderSettings } from './sign-in-provider.js';

type Command = ConfigureSignInProvider | RemoveSignInProvider;
type State = ProviderSettings | undefined;
type Field = keyof ProviderSettings;

const NOTHING = {
  ...{ enabled: null, issuer: null, clientId: null, secretId: null, domains: null },
  ...{ createsMembers: null, defaultRole: null, roleClaim: null, roleRules: null },
} as const satisfies Record<Field, null>;

/** One stream for each workspace, with the id of the workspace. */
export const signInProviderDecider: Decider<Command, State, SignInProviderEvent> = {
  category: 'provider',
  initial: undefined,
  target: ({ workspaceId }) => workspaceId,
  decide(command, state) {
    if (command instanceof ConfigureSignInProvider) return configure(command.settings, state);
    return state ? [{ type: 'SignInProviderRemoved', data: { from: state, to: NOTHING } }] : [];
  },
  evolve(state, { type, data }) {
    switch (type) {
      case 'SignInProviderConfigured':
        // The first one names every field.
        return { ...state, ...data.to } as ProviderSettings;
      case 'SignInProviderRemoved':
        return undefined;
      default:
        // Written by a newer release beside this one.
        return state;
    }
  },
  sets: (command) => (command instanceof ConfigureSignInProvider ? { ...command.settings } : NOTHING),
  changes: ({ data }) => data.to,
};

function configure(settings: ProviderSettings, state: State): SignInProviderEvent[] {
  const before = state ?? NOTHING;
  const changed = (Object.keys(settings) as Field[]).filter(
    (field) => !state || !isDeepStrictEqual(settings[field], before[field]),
  );
  if (changed.length === 0) return [];
  return [{ type: 'SignInProviderConfigured', data: { from: only(before, changed), to: only(settings, changed) } }];
}

function only<Whole extends object>(whole: Whole, fields: readonly string[]): Partial<Whole> {
  return Object.fromEntries(Object.entries(whole).filter(([field]) => fields.includes(field))) as Partial<Whole>;
}
