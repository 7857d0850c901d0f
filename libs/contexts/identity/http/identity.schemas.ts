import { ROLES } from '@ledgerdesk/auth';
import { roleName, SuspensionView } from '@ledgerdesk/workspaces';
import { z } from 'zod';
import { LONGEST_PASSWORD } from '../passwords/passwords.js';

const MEMBER = {
  id: '01936c0e-7a00-7000-8000-000000000001',
  name: 'Maya Lindqvist',
  email: 'agent@demo.test',
  role: 'agent',
  roleName: null,
} as const;
const WORKSPACE = {
  id: '01936c0e-7a00-7000-8000-000000000002',
  name: 'Northwind Support',
  slug: 'demo',
  timeZone: 'Europe/Berlin',
  language: 'en',
  undoSendSeconds: 10,
  suspension: null,
} as const;

/** Longer than any of them: six digits, or ten letters with a hyphen, with spaces of those who copy them. */
export const secondFactorCode = z.string().min(1).max(32).meta({ example: '287082' });

export const SignInBody = z
  .strictObject({
    email: z.string().min(3).max(254).meta({ format: 'email', example: 'agent@demo.test' }),
    password: z.string().min(1).max(LONGEST_PASSWORD).meta({ format: 'password', example: 'ledgerdesk-demo' }),
    code: secondFactorCode.optional().meta({
      description:
        'Six digits of an authenticator or a backup code, for accounts with a second factor. Whether there is one is not told: a missing code is refused like a wrong password',
    }),
    workspace: z.string().max(40).optional().meta({
      description: 'Slug of the workspace, for accounts with several; else the last one used',
      example: 'demo',
    }),
  })
  .meta({ id: 'SignIn', example: { email: 'agent@demo.test', password: 'ledgerdesk-demo' } });
export type SignInBody = z.infer<typeof SignInBody>;

const currentMember = z
  .object({
    id: z.uuid(),
    name: z.string().nullable().meta({ description: 'null when the person was erased' }),
    email: z.string(),
    role: roleName,
    roleName: z.string().nullable().meta({ description: 'null for the six roles that every workspace has' }),
  })
  .meta({ id: 'CurrentMember', example: MEMBER });

const currentWorkspace = z
  .object({
    id: z.uuid(),
    name: z.string(),
    slug: z.string(),
    timeZone: z.string().meta({ description: 'IANA name' }),
    language: z.string().meta({ description: 'BCP 47 tag' }),
    undoSendSeconds: z.int().meta({ description: 'How long a reply from the desk can be taken back' }),
    suspension: SuspensionView.nullable().meta({
      description: 'Set while those who run the installation have stopped the workspace: it can be read and exported',
    }),
  })
  .meta({ id: 'CurrentWorkspace', example: WORKSPACE });

export const SignedInView = z
  .object({
    accessToken: z.string().meta({ description: 'For `Authorization: Bearer …`' }),
    expiresIn: z.int().meta({ description: 'Seconds' }),
    member: currentMember,
    workspace: currentWorkspace,
  })
  .meta({
    id: 'SignedIn',
    example: { accessToken: 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln', expiresIn: 900, member: MEMBER, workspace: WORKSPACE },
  });
export type SignedInView = z.infer<typeof SignedInView>;

const abilityRule = z
  .object({
    action: z.array(z.string()),
    subject: z.string(),
    conditions: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'AbilityRule', example: { action: ['read'], subject: 'Ticket' } });

export const MeView = z
  .object({
    member: currentMember,
    workspace: currentWorkspace,
    mustSetUp: z.enum(['second-factor']).nullable().meta({
      description: 'What the workspace asks for and this member lacks; until then everything else is refused',
    }),
    impersonation: z
      .object({ until: z.iso.datetime({ offset: true }) })
      .nullable()
      .meta({
        description: 'Set when somebody who runs the installation acts in the seat of the member, and until when',
      }),
    abilities: z.array(abilityRule).meta({ description: 'Rules of CASL; what none of them allows is forbidden' }),
  })
  .meta({
    id: 'Me',
    example: {
      member: MEMBER,
      workspace: WORKSPACE,
      mustSetUp: null,
      impersonation: null,
      abilities: [{ action: ['read', 'reply'], subject: 'Ticket' }],
    },
  });
export type MeView = z.infer<typeof MeView>;

export const SignInOptionsView = z
  .object({
    demoLogins: z
      .array(z.object({ email: z.string(), password: z.string(), role: z.enum(ROLES) }))
      .meta({ description: 'Logins that this installation offers for trying it; empty outside of embedded mode' }),
  })
  .meta({
    id: 'SignInOptions',
    example: { demoLogins: [{ email: 'agent@demo.test', password: 'ledgerdesk-demo', role: 'agent' }] },
  });
export type SignInOptionsView = z.infer<typeof SignInOptionsView>;
