import { join } from 'node:path';
import { Personal } from '@ledgerdesk/kernel';
import { describeGoldenEvents } from '@ledgerdesk/testing';
import type { InvitationEvent } from '../domain/invitation.events.js';

const MEMBER = '00000000-0000-7000-8000-0000000000a1';
const ACCOUNT = '00000000-0000-7000-8000-0000000000a2';

const invitation: { readonly [Type in InvitationEvent['type']]: Extract<InvitationEvent, { type: Type }>['data'] } = {
  MemberInvited: { memberId: MEMBER, email: new Personal(MEMBER, 'kim@example.com'), role: 'agent', round: 1 },
  InvitationSentAgain: { round: 2 },
  InvitationWithdrawn: {},
  InvitationAccepted: { memberId: MEMBER, accountId: ACCOUNT },
};

describeGoldenEvents(join(__dirname, 'golden.json'), { invitation });
