import { roleName } from '@ledgerdesk/workspaces';
import { z } from 'zod';
import { LONGEST_PASSWORD } from '../../passwords/passwords.js';

const ID = '01936c0e-7a00-8000-8000-000000000004';
const email = z.string().min(3).max(254).meta({ format: 'email' });
const INVITATION = {
  id: ID,
  email: 'kim@example.com',
  role: 'agent',
  invitedBy: 'member:01936c0e-7a00-7000-8000-000000000001',
  sentAt: '2026-11-20T09:12:00.000Z',
  expiresAt: '2026-11-27T09:12:00.000Z',
} as const;

export const InvitationView = z
  .object({
    id: z.uuid(),
    email: z.string().nullable().meta({ description: 'null when the person was erased' }),
    role: roleName,
    invitedBy: z.string().meta({ description: '`member:<id>`' }),
    sentAt: z.iso.datetime().meta({ description: 'When the newest link was sent' }),
    expiresAt: z.iso.datetime().meta({ description: 'When the newest link runs out; it can be sent again' }),
  })
  .meta({ id: 'Invitation', example: INVITATION });
export type InvitationView = z.infer<typeof InvitationView>;

export const InvitationList = z
  .object({ data: z.array(InvitationView).meta({ description: 'All that are open; 500 at most' }) })
  .meta({ id: 'InvitationList', example: { data: [INVITATION] } });
export type InvitationList = z.infer<typeof InvitationList>;

export const InvitedView = z
  .object({ id: z.uuid().meta({ description: 'Of the invitation' }) })
  .meta({ id: 'Invited', example: { id: ID } });
export type InvitedView = z.infer<typeof InvitedView>;

export const InviteMemberBody = z
  .strictObject({ email, role: roleName })
  .meta({ id: 'InviteMember', example: { email: 'kim@example.com', role: 'agent' } });
export type InviteMemberBody = z.infer<typeof InviteMemberBody>;

const TOKEN = `01936c0e-7a00-7000-8000-000000000002.${ID}.1.hIN8CjYx6Rm5uNQ2PWZZSCEKXRnV3rSrvTRfbbmWU_Y`;
const token = z.string().min(1).max(300).meta({ description: 'What stands after the # of the link' });

export const LookAtInvitationBody = z
  .strictObject({ token })
  .meta({ id: 'LookAtInvitation', example: { token: TOKEN } });
export type LookAtInvitationBody = z.infer<typeof LookAtInvitationBody>;

export const WelcomeView = z
  .object({
    workspace: z.string().meta({ description: 'Name of the workspace' }),
    email: z.string(),
    role: roleName,
    hasAccount: z.boolean().meta({ description: 'true when the password of an account is asked for, not a new one' }),
  })
  .meta({
    id: 'Welcome',
    example: { workspace: 'Northwind', email: 'kim@example.com', role: 'agent', hasAccount: false },
  });
export type WelcomeView = z.infer<typeof WelcomeView>;

export const AcceptInvitationBody = z
  .strictObject({
    token,
    name: z.string().min(1).max(200).meta({ description: 'How colleagues see you here' }),
    password: z.string().min(1).max(LONGEST_PASSWORD).meta({ format: 'password' }),
    code: z
      .string()
      .min(6)
      .max(20)
      .optional()
      .meta({ description: 'Of the second factor, for accounts that have one' }),
  })
  .meta({ id: 'AcceptInvitation', example: { token: TOKEN, name: 'Kim Lee', password: 'three quiet boats at noon' } });
export type AcceptInvitationBody = z.infer<typeof AcceptInvitationBody>;
