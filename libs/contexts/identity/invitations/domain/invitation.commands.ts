import type { RoleName } from '@ledgerdesk/kernel';

/** Asks the owner of an address to take a seat. One address of one workspace has one invitation, whose id is made from it. */
export class InviteMember {
  constructor(
    readonly invitationId: string,
    readonly memberId: string,
    readonly email: string,
    readonly role: RoleName,
  ) {}
}

export class ResendInvitation {
  constructor(readonly invitationId: string) {}
}

export class WithdrawInvitation {
  constructor(readonly invitationId: string) {}
}

export class AcceptInvitation {
  constructor(
    readonly invitationId: string,
    /** Which of the links was used. */
    readonly round: number,
    readonly accountId: string,
  ) {}
}
