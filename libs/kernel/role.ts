/** The six roles of a member that every workspace has, from the widest to the narrowest. */
export const ROLES = ['owner', 'admin', 'supervisor', 'agent', 'light_agent', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** A role that a workspace has made for itself: `custom:` and its id. */
export type CustomRole = `custom:${string}`;
/** What a seat may be given. */
export type RoleName = Role | CustomRole;

export function customRole(roleId: string): CustomRole {
  return `custom:${roleId}`;
}

/** The id of a custom role; `undefined` for one of the six. */
export function customRoleId(role: RoleName): string | undefined {
  return role.startsWith('custom:') ? role.slice('custom:'.length) : undefined;
}
