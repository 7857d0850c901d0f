import type { CommandRunner, DatabaseClock } from '@ledgerdesk/event-store';
import { ProblemError } from '@ledgerdesk/http';
import { type CommandContext, nameId, type RoleName } from '@ledgerdesk/kernel';
import { type Directory, JoinWorkspace, memberDecider } from '@ledgerdesk/workspaces';
import type { Accounts } from '../accounts.js';
import type { Proofs } from '../proofs/proofs.js';
import type { SignInLimits } from '../sign-in/sign-in-limits.js';
import { AcceptInvitation } from './domain/invitation.commands.js';
import { invitationDecider, isGood } from './domain/invitation.decider.js';
import { invitationProblems as problems } from './invitation.problems.js';
import type { InvitationLink, Invitations, KnownInvitation } from './invitations.js';
import type { NewAccounts } from './new-accounts.js';

export interface AcceptanceParts {
  readonly invitations: Invitations;
  readonly directory: Directory;
  readonly accounts: Accounts;
  readonly newAccounts: NewAccounts;
  readonly proofs: Proofs;
  readonly limits: SignInLimits;
  readonly runner: CommandRunner;
  readonly clock: DatabaseClock;
}

/** What somebody shows to take the seat. */
export interface Acceptance {
  readonly token: string;
  readonly name: string;
  readonly password: string;
  /** Of the second factor, for accounts that have one. */
  readonly code?: string | undefined;
  readonly ip: string;
}

/** What a link leads to. */
export interface Welcome {
  readonly workspace: string;
  readonly email: string;
  readonly role: RoleName;
  /** Whether the address has an account here, whose password is asked for. */
  readonly hasAccount: boolean;
}

type Invited = InvitationLink & { readonly invitation: KnownInvitation; readonly email: string };

/** Lets people in who were invited: with a new account, or one that they show to be theirs. Nobody is signed in by it. */
export class InvitationAcceptance {
  constructor(private readonly parts: AcceptanceParts) {}

  /** @throws ProblemError `invitation.void`, `invitation.too-many-attempts` */
  async look(token: string, ip: string): Promise<Welcome> {
    const { workspaceId, invitation, email } = await this.#invited(token, ip);
    const { directory, accounts } = this.parts;
    const [workspace, account] = await Promise.all([directory.workspace(workspaceId), accounts.byEmail(email)]);
    if (!workspace || invitation.status !== 'open') throw new ProblemError(problems.void);
    return { workspace: workspace.name, email, role: invitation.role, hasAccount: account !== undefined };
  }

  /**
   * Takes the seat. Interrupted anywhere, it goes on where it was when the same person asks again.
   * @throws ProblemError `invitation.*`, `password.*`, `sign-in.busy`; nobody has joined then
   */
  async accept({ token, name, password, code, ip }: Acceptance): Promise<void> {
    const invited = await this.#invited(token, ip);
    const { workspaceId, invitationId, round, invitation, email } = invited;
    const { accounts, newAccounts, proofs, runner } = this.parts;
    // Refuses a name that is none before anything is written.
    const joinAs = (accountId: string): JoinWorkspace =>
      new JoinWorkspace(invitation.memberId, accountId, name, invitation.role);
    joinAs('');
    let accountId = await newAccounts.make({ id: nameId('invited', invitation.memberId), email, password });
    if (accountId === undefined) {
      const proved = await proofs.of({ email, password, code, ip }, problems.tooManyAttempts);
      if (!proved) throw new ProblemError(problems.proofRefused);
      await proved.refund();
      ({ accountId } = proved.account);
    }
    const seats = await accounts.seatsOf(accountId);
    if (seats.some((seat) => seat.workspaceId === workspaceId && seat.memberId !== invitation.memberId)) {
      throw new ProblemError(problems.seated);
    }
    const issued = (step: string): CommandContext => {
      const commandId = nameId('accept-invitation', workspaceId, invitationId, String(round), step);
      return { workspaceId, actor: `member:${invitation.memberId}`, commandId, correlationId: commandId };
    };
    await runner.run(invitationDecider, new AcceptInvitation(invitationId, round, accountId), issued('accept'));
    await runner.run(memberDecider, joinAs(accountId), issued('join'));
    await accounts.useSeat({ accountId, workspaceId, memberId: invitation.memberId });
  }

  async #invited(token: string, ip: string): Promise<Invited> {
    const { invitations, limits, clock } = this.parts;
    const link = invitations.linkOf(token);
    const counted = await limits.count({ email: link?.invitationId ?? 'no link', ip });
    if (!counted.allowed) {
      const seconds = String(counted.retryAfter);
      throw new ProblemError(problems.tooManyAttempts, undefined, [], { 'Retry-After': seconds });
    }
    if (!link) throw new ProblemError(problems.void);
    const invitation = await invitations.of(link.workspaceId, link.invitationId);
    if (!invitation?.email || !isGood(invitation, link.round, clock.now())) throw new ProblemError(problems.void);
    return { ...link, invitation, email: invitation.email };
  }
}
