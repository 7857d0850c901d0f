import { ROLES } from '@ledgerdesk/auth';
import { z } from 'zod';
import { MOST_PERMISSIONS } from '../domain/role.js';
import { LONGEST_NAME } from '../domain/workspace-text.js';

const ROLE = 'custom:01936c0e-7a00-7000-8000-000000000004';
const PERMISSIONS = ['customers.read', 'tickets.read', 'tickets.reply'];
const UUID = '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}';

/** What a seat can be given: one of the six roles, or one that the workspace made. */
export const roleName = z
  .templateLiteral([z.literal('custom:'), z.string().regex(new RegExp(`^${UUID}$`))])
  .or(z.enum(ROLES))
  .meta({ description: 'owner, admin, supervisor, agent, light_agent, auditor, or the id of a role of the workspace' });

export const RoleView = z
  .object({
    id: z.string().meta({ description: 'One of the six names, or `custom:` and an id', example: ROLE }),
    name: z.string().nullable().meta({ description: 'null for the six roles that every workspace has' }),
    permissions: z.array(z.string()).meta({ description: 'Names of the catalogue' }),
    retired: z.boolean().meta({ description: 'Nobody is given it any more' }),
    members: z.int().meta({ description: 'Active members who have it' }),
  })
  .meta({
    id: 'WorkspaceRole',
    example: { id: ROLE, name: 'Refunds', permissions: PERMISSIONS, retired: false, members: 3 },
  });
export type RoleView = z.infer<typeof RoleView>;

const PermissionView = z
  .object({
    name: z.string(),
    needs: z.array(z.string()).meta({ description: 'Permissions without which this one is refused' }),
  })
  .meta({ id: 'GrantablePermission', example: { name: 'tickets.reply', needs: ['tickets.read'] } });

export const RolesView = z.object({ data: z.array(RoleView), permissions: z.array(PermissionView) }).meta({
  id: 'Roles',
  example: {
    data: [{ id: ROLE, name: 'Refunds', permissions: PERMISSIONS, retired: false, members: 3 }],
    permissions: [{ name: 'tickets.reply', needs: ['tickets.read'] }],
  },
});
export type RolesView = z.infer<typeof RolesView>;

const name = z.string().min(1).max(LONGEST_NAME).meta({ example: 'Refunds' });
const permissions = z.array(z.string().min(1).max(60)).min(1).max(MOST_PERMISSIONS).meta({ example: PERMISSIONS });

export const DefineRoleBody = z
  .strictObject({ name, permissions })
  .meta({ id: 'DefineRole', example: { name: 'Refunds', permissions: PERMISSIONS } });
export type DefineRoleBody = z.infer<typeof DefineRoleBody>;

export const ChangeRoleBody = z
  .strictObject({ name: name.optional(), permissions: permissions.optional() })
  .meta({ id: 'ChangeRole', example: { permissions: PERMISSIONS } });
export type ChangeRoleBody = z.infer<typeof ChangeRoleBody>;

export const RetireRoleBody = z.strictObject({}).meta({ id: 'RetireRole', example: {} });
