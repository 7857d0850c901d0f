import type { Role } from '@ledgerdesk/auth';
import { nameId } from '@ledgerdesk/kernel';

/** Printed by the demo start and shown on its sign-in page; a production start refuses to know it. */
export const DEMO_PASSWORD = 'ledgerdesk-demo';

export interface DemoPerson {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

export interface DemoTeam {
  readonly name: string;
  /** Addresses of its members. */
  readonly members: readonly string[];
}

export interface DemoWorkspace {
  readonly slug: string;
  readonly name: string;
  readonly timeZone: string;
  readonly people: readonly DemoPerson[];
  readonly teams: readonly DemoTeam[];
}

export const DEMO_WORKSPACES: readonly DemoWorkspace[] = [
  {
    slug: 'demo',
    name: 'Northwind Support',
    timeZone: 'Europe/Berlin',
    people: [
      { email: 'owner@demo.test', name: 'Helena Brandt', role: 'owner' },
      { email: 'admin@demo.test', name: 'Tomasz Wójcik', role: 'admin' },
      { email: 'supervisor@demo.test', name: 'Priya Raman', role: 'supervisor' },
      { email: 'agent@demo.test', name: 'Maya Lindqvist', role: 'agent' },
      { email: 'light@demo.test', name: 'Jonas Weber', role: 'light_agent' },
      { email: 'auditor@demo.test', name: 'Beatrice Okafor', role: 'auditor' },
      { email: 'daniel@demo.test', name: 'Daniel Ferreira', role: 'agent' },
      { email: 'aiko@demo.test', name: 'Aiko Tanaka', role: 'agent' },
      { email: 'samir@demo.test', name: 'Samir Haddad', role: 'agent' },
    ],
    teams: [
      { name: 'Front desk', members: ['supervisor@demo.test', 'agent@demo.test', 'aiko@demo.test'] },
      { name: 'Billing', members: ['daniel@demo.test', 'agent@demo.test', 'light@demo.test'] },
      { name: 'Technical support', members: ['supervisor@demo.test', 'samir@demo.test', 'aiko@demo.test'] },
    ],
  },
  {
    slug: 'globex',
    name: 'Globex',
    timeZone: 'America/New_York',
    people: [{ email: 'owner@globex.test', name: 'Ingrid Solberg', role: 'owner' }],
    teams: [],
  },
];

/** Ids that come out alike on every machine, so that seeding twice changes nothing. */
export const demoIds = {
  workspace: (slug: string): string => nameId('demo', 'workspace', slug),
  account: (email: string): string => nameId('demo', 'account', email),
  member: (slug: string, email: string): string => nameId('demo', 'member', slug, email),
  team: (slug: string, name: string): string => nameId('demo', 'team', slug, name),
};
