import { type Decider, DomainError } from '@ledgerdesk/kernel';
import { ChangeRole, DefineRole, RetireRole } from './role.commands.js';
import type { RoleEvent } from './role.events.js';
import type { WorkspaceRole } from './role.js';

type RoleCommand = DefineRole | ChangeRole | RetireRole;
type State = WorkspaceRole | undefined;

export const roleDecider: Decider<RoleCommand, State, RoleEvent> = {
  category: 'role',
  initial: undefined,
  target: ({ roleId }) => roleId,
  decide(command, state) {
    if (command instanceof DefineRole) return define(command, state);
    if (!state) throw new DomainError('not-found', 'role.not-found', 'There is no such role.');
    if (command instanceof RetireRole) return state.retired ? [] : [{ type: 'RoleRetired', data: {} }];
    if (state.retired) throw new DomainError('conflict', 'role.retired', 'A retired role does not change any more.');
    return change(command, state);
  },
  evolve(state, { type, data }) {
    switch (type) {
      case 'RoleDefined':
        return { ...data, retired: false };
      case 'RoleChanged': {
        const { from: _from, ...content } = data;
        return state && { ...state, ...content };
      }
      case 'RoleRetired':
        return state && { ...state, retired: true };
      default:
        // Written by a newer release beside this one.
        return state;
    }
  },
  sets: (command) => (command instanceof ChangeRole ? command.content : {}),
  changes({ type, data }) {
    if (type !== 'RoleChanged') return {};
    const { from: _from, ...content } = data;
    return content;
  },
};

function define({ roleId, name, permissions }: DefineRole, state: State): RoleEvent[] {
  if (state) throw new DomainError('conflict', 'role.exists', 'This role was defined before.');
  return [{ type: 'RoleDefined', data: { roleId, name, permissions } }];
}

function change({ content }: ChangeRole, role: WorkspaceRole): RoleEvent[] {
  const name = content.name === undefined || content.name === role.name ? undefined : content.name;
  const permissions =
    content.permissions === undefined || isSame(content.permissions, role.permissions)
      ? undefined
      : content.permissions;
  if (name === undefined && permissions === undefined) return [];
  return [
    {
      type: 'RoleChanged',
      data: {
        ...(name !== undefined && { name }),
        ...(permissions !== undefined && { permissions }),
        from: { ...(name !== undefined && { name: role.name }), ...(permissions && { permissions: role.permissions }) },
      },
    },
  ];
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}
