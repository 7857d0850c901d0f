import { ERASED, Personal } from '@ledgerdesk/kernel';
import { given } from '@ledgerdesk/testing';
import {
  ChangeMemberRole,
  DeactivateMember,
  JoinWorkspace,
  ReactivateMember,
  RegisterImportedMember,
  RenameMember,
} from './member.commands.js';
import { memberDecider } from './member.decider.js';
import type { ImportedMemberRegistered, MemberJoined } from './member.events.js';

const joined: MemberJoined = {
  type: 'MemberJoined',
  data: { memberId: 'm1', accountId: 'a1', name: new Personal('m1', ERASED), role: 'agent' },
};
const imported: ImportedMemberRegistered = {
  type: 'ImportedMemberRegistered',
  data: { memberId: 'm1', name: new Personal('m1', ERASED), source: 'servicenow', externalId: 'Resolver 7' },
};
const deactivated = { type: 'MemberDeactivated', data: {} } as const;

describe('member', () => {
  it('joins with a name under a key of their own', () => {
    given(memberDecider)
      .when(new JoinWorkspace('m1', 'a1', ' Maya  Lindqvist ', 'agent'))
      .then({
        type: 'MemberJoined',
        data: { memberId: 'm1', accountId: 'a1', name: new Personal('m1', 'Maya Lindqvist'), role: 'agent' },
      });
  });

  it('takes a seat once', () => {
    given(memberDecider, joined)
      .when(new JoinWorkspace('m1', 'a2', 'Eve', 'owner'))
      .thenRefused('member.exists');
  });

  it('appears in imported history without being able to sign in', () => {
    const command = new RegisterImportedMember('m1', 'Resolver 7', 'servicenow', 'Resolver 7');
    given(memberDecider)
      .when(command)
      .then({ ...imported, data: { ...imported.data, name: new Personal('m1', 'Resolver 7') } });
    given(memberDecider, imported).when(command).thenNothing();
    expect(given(memberDecider, imported).state()).toMatchObject({ accountId: null });
  });

  it('may get an account later and keeps the history under the name', () => {
    given(memberDecider, imported)
      .when(new JoinWorkspace('m1', 'a1', 'Maya', 'agent'))
      .then({ ...joined, data: { ...joined.data, name: new Personal('m1', 'Maya') } });
    expect(given(memberDecider, imported, joined).state()).toMatchObject({ accountId: 'a1', role: 'agent' });
  });

  it('is renamed', () => {
    given(memberDecider, joined)
      .when(new RenameMember('m1', 'Maya Berg'))
      .then({ type: 'MemberRenamed', data: { name: new Personal('m1', 'Maya Berg') } });
    expect(given(memberDecider, joined, { type: 'MemberRenamed', data: { name: joined.data.name } }).state()).toEqual(
      given(memberDecider, joined).state(),
    );
  });

  it('gets another role from somebody else', () => {
    const changed = { type: 'MemberRoleChanged', data: { from: 'agent', to: 'supervisor' } } as const;
    given(memberDecider, joined).when(new ChangeMemberRole('m1', 'supervisor')).then(changed);
    given(memberDecider, joined, changed).when(new ChangeMemberRole('m1', 'supervisor')).thenNothing();
    expect(given(memberDecider, joined, changed).state()).toMatchObject({ role: 'supervisor' });
    given(memberDecider, imported).when(new ChangeMemberRole('m1', 'owner')).thenRefused('member.no-account');
  });

  it('is deactivated and comes back, each once', () => {
    given(memberDecider, joined).when(new DeactivateMember('m1')).then(deactivated);
    given(memberDecider, joined, deactivated).when(new DeactivateMember('m1')).thenNothing();
    expect(given(memberDecider, joined, deactivated).state()).toMatchObject({ status: 'deactivated' });
    given(memberDecider, joined, deactivated)
      .when(new ReactivateMember('m1'))
      .then({ type: 'MemberReactivated', data: {} });
    given(memberDecider, joined).when(new ReactivateMember('m1')).thenNothing();
    expect(given(memberDecider, joined, deactivated, { type: 'MemberReactivated', data: {} }).state()).toMatchObject({
      status: 'active',
    });
  });

  it.each([new ChangeMemberRole('m1', 'owner'), new DeactivateMember('m1'), new ReactivateMember('m1')])(
    'C4 nobody changes their own seat: %p',
    (command) => {
      given(memberDecider, joined).when(command, { actor: 'member:m1' }).thenRefused('member.oneself');
    },
  );

  it.each([new RenameMember('m1', 'x'), new ChangeMemberRole('m1', 'agent'), new DeactivateMember('m1')])(
    'is unknown before: %p',
    (command) => {
      given(memberDecider).when(command).thenRefused('member.not-found');
    },
  );
});
