import type { ErasureReason, RoleName } from '@ledgerdesk/kernel';
import { nameText } from './workspace-text.js';

/** Gives an account a seat. @throws DomainError `member.name-empty`, `member.name-too-long`, like all that carry a name */
export class JoinWorkspace {
  readonly name: string;

  constructor(
    readonly memberId: string,
    readonly accountId: string,
    name: string,
    readonly role: RoleName,
  ) {
    this.name = nameText(name, 'member');
  }
}

export class RegisterImportedMember {
  readonly name: string;

  /**
   * @param source the system that the name comes from, e.g. `servicenow`
   * @param externalId the name of the person there
   */
  constructor(
    readonly memberId: string,
    name: string,
    readonly source: string,
    readonly externalId: string,
  ) {
    this.name = nameText(name, 'member');
  }
}

export class RenameMember {
  readonly name: string;

  constructor(
    readonly memberId: string,
    name: string,
  ) {
    this.name = nameText(name, 'member');
  }
}

export class ChangeMemberRole {
  constructor(
    readonly memberId: string,
    readonly role: RoleName,
  ) {}
}

export class DeactivateMember {
  constructor(readonly memberId: string) {}
}

export class ReactivateMember {
  constructor(readonly memberId: string) {}
}

/** Takes the seat and asks for the erasure, in one. @throws DomainError `member.oneself` */
export class RequestMemberErasure {
  constructor(
    readonly memberId: string,
    readonly reason: ErasureReason,
  ) {}
}

/** Only after the key was destroyed. @throws DomainError `member.erasure-not-requested` */
export class ConfirmMemberErasure {
  constructor(readonly memberId: string) {}
}
