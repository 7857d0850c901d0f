/** The six roles of a member, from the widest to the narrowest. */
export const ROLES = ['owner', 'admin', 'supervisor', 'agent', 'light_agent', 'auditor'] as const;
export type Role = (typeof ROLES)[number];
