import { type DecisionContext, type Decider, DomainError, Personal, type RoleName } from '@ledgerdesk/kernel';
import { AcceptInvitation, InviteMember, ResendInvitation, type WithdrawInvitation } from './invitation.commands.js';
import type { InvitationEvent } from './invitation.events.js';

/** Days that a link is good for. */
export const INVITATION_DAYS = 7;

/** Links of one invitation, so that nobody's mailbox is filled in our name. */
export const MOST_ROUNDS = 10;

const GOOD_FOR = INVITATION_DAYS * 86_400_000;

export interface Invitation {
  readonly memberId: string;
  readonly role: RoleName;
  readonly status: 'open' | 'withdrawn' | 'accepted';
  /** Counts links, also over invitations that were withdrawn. */
  readonly round: number;
  /** Links since it was opened. */
  readonly links: number;
  /** Milliseconds since the epoch, when the newest link runs out. */
  readonly goodUntil: number;
  /** Who used it; null before. */
  readonly accountId: string | null;
}

type Command = InviteMember | ResendInvitation | WithdrawInvitation | AcceptInvitation;
type State = Invitation | undefined;

export const invitationDecider: Decider<Command, State, InvitationEvent> = {
  category: 'invitation',
  initial: undefined,
  target: ({ invitationId }) => invitationId,
  decide(command, state, context) {
    if (command instanceof InviteMember) return invite(command, state);
    const invitation = existing(state);
    if (command instanceof AcceptInvitation) return accept(command, invitation, context);
    if (command instanceof ResendInvitation) return resend(invitation);
    if (invitation.status === 'accepted') throw alreadyAccepted();
    return invitation.status === 'open' ? [{ type: 'InvitationWithdrawn', data: {} }] : [];
  },
  evolve(state, { type, data }, { occurredAt }) {
    const goodUntil = Date.parse(occurredAt) + GOOD_FOR;
    switch (type) {
      case 'MemberInvited': {
        const { memberId, role, round } = data;
        return { memberId, role, status: 'open', round, links: 1, goodUntil, accountId: null };
      }
      case 'InvitationSentAgain':
        return state && { ...state, round: data.round, links: state.links + 1, goodUntil };
      case 'InvitationWithdrawn':
        return state && { ...state, status: 'withdrawn' };
      case 'InvitationAccepted':
        return state && { ...state, status: 'accepted', accountId: data.accountId };
      default:
        // Written by a newer release beside this one.
        return state;
    }
  },
};

function invite({ memberId, email, role }: InviteMember, state: State): InvitationEvent[] {
  if (state?.status === 'open') {
    throw new DomainError('conflict', 'invitation.exists', 'This address is invited. Send the invitation again.');
  }
  const data = { memberId, email: new Personal(memberId, email), role, round: (state?.round ?? 0) + 1 };
  return [{ type: 'MemberInvited', data }];
}

function resend({ status, round, links }: Invitation): InvitationEvent[] {
  if (status === 'accepted') throw alreadyAccepted();
  if (status === 'withdrawn') {
    throw new DomainError('conflict', 'invitation.withdrawn', 'The invitation was withdrawn. Invite the person again.');
  }
  if (links >= MOST_ROUNDS) {
    throw new DomainError('conflict', 'invitation.too-many', 'This invitation was sent often enough.');
  }
  return [{ type: 'InvitationSentAgain', data: { round: round + 1 } }];
}

/** Whoever has begun to take the seat may go on, in case they were interrupted. */
function accept(
  { round, accountId }: AcceptInvitation,
  invitation: Invitation,
  { now }: DecisionContext,
): InvitationEvent[] {
  if (!isGood(invitation, round, now)) throw isVoid();
  if (invitation.status === 'open') {
    return [{ type: 'InvitationAccepted', data: { memberId: invitation.memberId, accountId } }];
  }
  if (invitation.accountId !== accountId) throw isVoid();
  return [];
}

/** Whether a link leads to a seat, or to the end of taking it. */
export function isGood(invitation: Invitation, round: number, now: number): boolean {
  return invitation.status !== 'withdrawn' && invitation.round === round && now < invitation.goodUntil;
}

export function isVoid(): DomainError {
  return new DomainError('invalid', 'invitation.void', 'The link of this invitation is not good any more.');
}

function alreadyAccepted(): DomainError {
  return new DomainError('conflict', 'invitation.accepted', 'The invitation was accepted.');
}

function existing(state: State): Invitation {
  if (!state) throw new DomainError('not-found', 'invitation.not-found', 'There is no such invitation.');
  return state;
}
