import { ERASED, Personal } from '@ledgerdesk/kernel';
import { given } from '@ledgerdesk/testing';
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

  describe('being erased', () => {
    const requested = { type: 'MemberErasureRequested', data: { keyId: 'm1', reason: 'person_asked' } } as const;
    const erased = { type: 'MemberErased', data: { keyId: 'm1' } } as const;

    it('loses the seat with the request, which is made once', () => {
      given(memberDecider, joined).when(new RequestMemberErasure('m1', 'person_asked')).then(requested);
      given(memberDecider, imported).when(new RequestMemberErasure('m1', 'person_asked')).then(requested);
      given(memberDecider, joined, requested).when(new RequestMemberErasure('m1', 'unlawful')).thenNothing();
      expect(given(memberDecider, joined, requested).state()).toMatchObject({ status: 'deactivated' });
    });

    it('is confirmed once, after it was requested', () => {
      given(memberDecider, joined, requested).when(new ConfirmMemberErasure('m1')).then(erased);
      given(memberDecider, joined, requested, erased).when(new ConfirmMemberErasure('m1')).thenNothing();
      given(memberDecider, joined).when(new ConfirmMemberErasure('m1')).thenRefused('member.erasure-not-requested');
    });

    it('C4 is a matter of somebody else', () => {
      const oneself = { actor: 'member:m1' } as const;
      given(memberDecider, joined)
        .when(new RequestMemberErasure('m1', 'unlawful'), oneself)
        .thenRefused('member.oneself');
    });

    it.each([
      new JoinWorkspace('m1', 'a2', 'Eve', 'agent'),
      new RegisterImportedMember('m1', 'Eve', 'servicenow', 'Eve'),
      new RenameMember('m1', 'Eve'),
      new ChangeMemberRole('m1', 'owner'),
      new ReactivateMember('m1'),
    ])('is for good: %p', (command) => {
      for (const events of [[requested], [requested, erased]] as const)
        given(memberDecider, joined, ...events)
          .when(command)
          .thenRefused('member.erased');
    });
  });
});
