import { ERASED, Personal } from '@ledgerdesk/kernel';
import { given } from '@ledgerdesk/testing';
import { AcceptInvitation, InviteMember, ResendInvitation, WithdrawInvitation } from './invitation.commands.js';
import { invitationDecider, MOST_ROUNDS } from './invitation.decider.js';
import type { InvitationEvent, MemberInvited } from './invitation.events.js';

const invited: MemberInvited = {
  type: 'MemberInvited',
  data: { memberId: 'm1', email: new Personal('m1', ERASED), role: 'agent', round: 1 },
};
const withdrawn = { type: 'InvitationWithdrawn', data: {} } as const;
const accepted = { type: 'InvitationAccepted', data: { memberId: 'm1', accountId: 'a1' } } as const;
const again = (round: number): InvitationEvent => ({ type: 'InvitationSentAgain', data: { round } });
const invite = new InviteMember('i1', 'm1', 'kim@example.com', 'agent');

describe('an invitation', () => {
  it('holds the address under the key of the member to be', () => {
    given(invitationDecider)
      .when(invite)
      .then({ ...invited, data: { ...invited.data, email: new Personal('m1', 'kim@example.com') } });
  });

  it('is one per address, until it is withdrawn or accepted', () => {
    given(invitationDecider, invited).when(invite).thenRefused('invitation.exists');
    for (const over of [withdrawn, accepted]) {
      given(invitationDecider, invited, again(2), over)
        .when(new InviteMember('i1', 'm2', 'kim@example.com', 'admin'))
        .then({
          type: 'MemberInvited',
          data: { memberId: 'm2', email: new Personal('m2', 'kim@example.com'), role: 'admin', round: 3 },
        });
    }
  });

  it('is sent again, with a link that makes the former one void', () => {
    given(invitationDecider, invited).when(new ResendInvitation('i1')).then(again(2));
    given(invitationDecider, invited, again(2))
      .when(new AcceptInvitation('i1', 1, 'a1'))
      .thenRefused('invitation.void');
    given(invitationDecider, invited, again(2))
      .when(new AcceptInvitation('i1', 2, 'a1'))
      .then(accepted);
  });

  it('is sent so often and no more', () => {
    const all = Array.from({ length: MOST_ROUNDS - 1 }, (_, index) => again(index + 2));
    given(invitationDecider, invited, ...all.slice(0, -1))
      .when(new ResendInvitation('i1'))
      .then(again(MOST_ROUNDS));
    given(invitationDecider, invited, ...all)
      .when(new ResendInvitation('i1'))
      .thenRefused('invitation.too-many');
  });

  it('is withdrawn once, and leads nowhere then', () => {
    given(invitationDecider, invited).when(new WithdrawInvitation('i1')).then(withdrawn);
    given(invitationDecider, invited, withdrawn).when(new WithdrawInvitation('i1')).thenNothing();
    given(invitationDecider, invited, withdrawn).when(new ResendInvitation('i1')).thenRefused('invitation.withdrawn');
    given(invitationDecider, invited, withdrawn)
      .when(new AcceptInvitation('i1', 1, 'a1'))
      .thenRefused('invitation.void');
  });

  it('is accepted by one account, which may go on where it was interrupted', () => {
    given(invitationDecider, invited, accepted)
      .when(new AcceptInvitation('i1', 1, 'a1'))
      .thenNothing();
    given(invitationDecider, invited, accepted)
      .when(new AcceptInvitation('i1', 1, 'a2'))
      .thenRefused('invitation.void');
    for (const command of [new WithdrawInvitation('i1'), new ResendInvitation('i1')])
      given(invitationDecider, invited, accepted).when(command).thenRefused('invitation.accepted');
  });

  it('is good for seven days from the newest link on', () => {
    const accept = new AcceptInvitation('i1', 1, 'a1');
    const since = '2026-03-02T12:00:00.000Z';
    given(invitationDecider, invited).when(accept, { since, at: '2026-03-09T11:59:59.999Z' }).then(accepted);
    given(invitationDecider, invited)
      .when(accept, { since, at: '2026-03-09T12:00:00.000Z' })
      .thenRefused('invitation.void');
    given(invitationDecider, invited, [again(2), '2026-03-08T12:00:00.000Z'])
      .when(new AcceptInvitation('i1', 2, 'a1'), { since, at: '2026-03-15T11:00:00.000Z' })
      .then(accepted);
  });

  it.each([new ResendInvitation('i1'), new WithdrawInvitation('i1'), new AcceptInvitation('i1', 1, 'a1')])(
    'is unknown before: %p',
    (command) => {
      given(invitationDecider).when(command).thenRefused('invitation.not-found');
    },
  );
});
