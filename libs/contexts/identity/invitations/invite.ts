import type { Principal } from '@ledgerdesk/auth';
import type { CommandResult, CommandRunner } from '@ledgerdesk/event-store';
import { ProblemError } from '@ledgerdesk/http';
import { type CommandContext, DomainError, type RoleName } from '@ledgerdesk/kernel';
import { isOneAddress } from '@ledgerdesk/mail';
import type { ReadStore } from '@ledgerdesk/read-store';
import type { Owners } from '@ledgerdesk/workspaces';
import { emailText } from '../accounts.js';
import { InviteMember, ResendInvitation, WithdrawInvitation } from './domain/invitation.commands.js';
import { type Invitation, invitationDecider } from './domain/invitation.decider.js';
import type { InvitationEvent } from './domain/invitation.events.js';
import { invitationProblems as problems } from './invitation.problems.js';
import type { Invitations } from './invitations.js';

type Outcome = CommandResult<Invitation | undefined, InvitationEvent>;

/** Open invitations of a workspace. */
export const MOST_OPEN = 500;

/** What owners and admins do with invitations; nobody gives, or takes back, what is above them. */
export class Invite {
  constructor(
    private readonly store: ReadStore,
    private readonly invitations: Invitations,
    private readonly owners: Owners,
    private readonly runner: CommandRunner,
  ) {}

  /** @throws ProblemError `invitation.email-invalid`, `invitation.seated`, `invitation.too-many`; DomainError `auth.forbidden`, `invitation.exists` */
  async invite(
    by: Principal,
    { email, role, memberId }: { readonly email: string; readonly role: RoleName; readonly memberId: string },
    issued: CommandContext,
  ): Promise<Outcome> {
    const { workspaceId } = by;
    const address = emailText(email);
    if (!isOneAddress(address)) throw new ProblemError(problems.emailInvalid);
    await this.owners.refuseToGive(by, role);
    await this.#refuseSeated(workspaceId, address);
    const invitationId = this.invitations.idOf(workspaceId, address);
    return this.runner.run(invitationDecider, new InviteMember(invitationId, memberId, address, role), issued);
  }

  /** @throws DomainError `invitation.*`, `auth.forbidden` */
  async resend(by: Principal, invitationId: string, issued: CommandContext): Promise<Outcome> {
    await this.owners.refuseToGive(by, await this.#roleOf(by, invitationId));
    return this.runner.run(invitationDecider, new ResendInvitation(invitationId), issued);
  }

  /** @throws DomainError `invitation.*`, `auth.forbidden` */
  async withdraw(by: Principal, invitationId: string, issued: CommandContext): Promise<Outcome> {
    await this.owners.refuseAbove(by, await this.#roleOf(by, invitationId));
    return this.runner.run(invitationDecider, new WithdrawInvitation(invitationId), issued);
  }

  async #roleOf({ workspaceId }: Principal, invitationId: string): Promise<RoleName> {
    const invitation = await this.invitations.of(workspaceId, invitationId);
    if (!invitation) throw new DomainError('not-found', 'invitation.not-found', 'There is no such invitation.');
    return invitation.role;
  }

  /** Looks at the seats of this workspace only: whether an address has an account elsewhere is nobody's business here. */
  async #refuseSeated(workspaceId: string, email: string): Promise<void> {
    const [counted] = await this.store.run(workspaceId, (sql) =>
      sql.rows<{ seated: boolean; open: number }>(
        `select exists (select from account_seat seat join account on account.id = seat.account_id
                        where seat.workspace_id = $1::uuid and account.email = $2) as seated,
                (select count(*)::int from invitations where workspace_id = $1::uuid) as open`,
        [workspaceId, email],
      ),
    );
    if (counted?.seated) throw new ProblemError(problems.seated);
    if ((counted?.open ?? 0) >= MOST_OPEN) throw new ProblemError(problems.tooMany);
  }
}
