import { type DecisionContext, type Decider, DomainError, Personal } from '@ledgerdesk/kernel';
import {
  ChangeMemberRole,
  ConfirmMemberErasure,
  DeactivateMember,
  JoinWorkspace,
  ReactivateMember,
  RegisterImportedMember,
  RenameMember,
  RequestMemberErasure,
} from './member.commands.js';
import type { MemberEvent } from './member.events.js';
import type { Member } from './member.js';

type MemberCommand =
  | JoinWorkspace
  | RegisterImportedMember
  | RenameMember
  | ChangeMemberRole
  | DeactivateMember
  | ReactivateMember
  | RequestMemberErasure
  | ConfirmMemberErasure;
type State = Member | undefined;

export const memberDecider: Decider<MemberCommand, State, MemberEvent> = {
  category: 'member',
  initial: undefined,
  target: ({ memberId }) => memberId,
  decide(command, state, context) {
    if (command instanceof JoinWorkspace || command instanceof RegisterImportedMember) refuseErased(state);
    if (command instanceof JoinWorkspace) return join(command, state);
    if (command instanceof RegisterImportedMember) return registerImported(command, state);
    const member = existing(state);
    if (command instanceof RequestMemberErasure) return requestErasure(command, member, context);
    if (command instanceof ConfirmMemberErasure) return confirmErasure(member);
    refuseErased(member);
    if (command instanceof RenameMember) return [{ type: 'MemberRenamed', data: { name: nameOf(command) } }];
    refuseOneself(member, context);
    if (command instanceof ChangeMemberRole) return changeRole(command, member);
    const status = command instanceof DeactivateMember ? 'deactivated' : 'active';
    if (member.status === status) return [];
    return [{ type: status === 'active' ? 'MemberReactivated' : 'MemberDeactivated', data: {} }];
  },
  evolve(state, { type, data }) {
    switch (type) {
      case 'MemberJoined':
        return {
          memberId: data.memberId,
          accountId: data.accountId,
          role: data.role,
          status: 'active',
          erasure: 'none',
        };
      case 'ImportedMemberRegistered':
        return { memberId: data.memberId, accountId: null, role: 'agent', status: 'active', erasure: 'none' };
      case 'MemberRenamed':
        return state;
      case 'MemberRoleChanged':
        return state && { ...state, role: data.to };
      case 'MemberDeactivated':
        return state && { ...state, status: 'deactivated' };
      case 'MemberReactivated':
        return state && { ...state, status: 'active' };
      case 'MemberErasureRequested':
        return state && { ...state, status: 'deactivated', erasure: 'requested' };
      case 'MemberErased':
        return state && { ...state, erasure: 'erased' };
      default:
        // Written by a newer release beside this one.
        return state;
    }
  },
  sets(command) {
    if (command instanceof ChangeMemberRole) return { role: command.role };
    if (command instanceof DeactivateMember) return { status: 'deactivated' };
    return command instanceof ReactivateMember ? { status: 'active' } : {};
  },
  changes({ type, data }) {
    if (type === 'MemberRoleChanged') return { role: data.to };
    if (type === 'MemberDeactivated' || type === 'MemberErasureRequested') return { status: 'deactivated' };
    return type === 'MemberReactivated' ? { status: 'active' } : {};
  },
};

function nameOf({ memberId, name }: { memberId: string; name: string }): Personal {
  return new Personal(memberId, name);
}

/** An imported member who gets an account keeps the history that bears the name. */
function join(command: JoinWorkspace, state: State): MemberEvent[] {
  const { memberId, accountId, role } = command;
  if (state && state.accountId !== null) {
    throw new DomainError('conflict', 'member.exists', 'This seat is taken.');
  }
  return [{ type: 'MemberJoined', data: { memberId, accountId, name: nameOf(command), role } }];
}

function registerImported(command: RegisterImportedMember, state: State): MemberEvent[] {
  if (state) return [];
  const { memberId, source, externalId } = command;
  return [{ type: 'ImportedMemberRegistered', data: { memberId, name: nameOf(command), source, externalId } }];
}

function changeRole({ role }: ChangeMemberRole, member: Member): MemberEvent[] {
  if (member.accountId === null) {
    throw new DomainError('conflict', 'member.no-account', 'A member without an account has no role.');
  }
  return member.role === role ? [] : [{ type: 'MemberRoleChanged', data: { from: member.role, to: role } }];
}

function requestErasure({ reason }: RequestMemberErasure, member: Member, context: DecisionContext): MemberEvent[] {
  refuseOneself(member, context);
  const { memberId: keyId, erasure } = member;
  return erasure === 'none' ? [{ type: 'MemberErasureRequested', data: { keyId, reason } }] : [];
}

function confirmErasure({ memberId: keyId, erasure }: Member): MemberEvent[] {
  if (erasure === 'requested') return [{ type: 'MemberErased', data: { keyId } }];
  if (erasure === 'erased') return [];
  throw new DomainError('conflict', 'member.erasure-not-requested', 'Nobody has asked to erase this member.');
}

function refuseErased(member: State): void {
  if (member === undefined || member.erasure === 'none') return;
  throw new DomainError('conflict', 'member.erased', 'This member was erased: the seat is gone for good.');
}

function existing(state: State): Member {
  if (!state) throw new DomainError('not-found', 'member.not-found', 'There is no such member.');
  return state;
}

/** Nobody raises, lowers or locks out themselves, whatever their role. */
function refuseOneself({ memberId }: Member, { actor }: DecisionContext): void {
  if (actor !== `member:${memberId}`) return;
  throw new DomainError('forbidden', 'member.oneself', 'Somebody else has to change your seat.');
}
