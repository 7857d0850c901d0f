import { randomBytes } from 'node:crypto';
import { nameId } from '@ledgerdesk/kernel';
import type { CommandRunner } from '@ledgerdesk/event-store';
import type { ReadStore } from '@ledgerdesk/read-store';
import { type Directory, JoinWorkspace, memberDecider } from '@ledgerdesk/workspaces';
import type { Accounts, Seat } from '../accounts.js';
import type { Passwords } from '../passwords/passwords.js';
import type { Believed, Claims } from './believed.js';
import { type ProviderSettings, roleFor } from './domain/sign-in-provider.js';

/** Whom a provider vouches for, by the name that it will never give to anybody else. */
export interface Identity {
  readonly workspaceId: string;
  readonly issuer: string;
  readonly subject: string;
}

export interface ProviderSeatTools {
  readonly store: ReadStore;
  readonly accounts: Accounts;
  readonly passwords: Passwords;
  readonly directory: Directory;
  readonly runner: CommandRunner;
}

/** Finds the seat that somebody whom a provider vouches for may take, in the workspace of that provider and in no other. */
export class ProviderSeats {
  constructor(private readonly tools: ProviderSeatTools) {}

  /** The seat, or a sentence for the log that says why there is none. Links nothing yet. */
  async seatOf(
    identity: Identity,
    { email, name }: Believed,
    claims: Claims,
    settings: ProviderSettings,
  ): Promise<Seat | string> {
    const known = await this.#linked(identity);
    if (known) return this.#joined(known, identity, name, claims, settings);
    const account = await this.tools.accounts.byEmail(email);
    if (!account) {
      if (!settings.createsMembers) return 'nobody with this address, and members are not made';
      const seat = await this.#create(identity, email);
      return seat ? this.#joined(seat, identity, name, claims, settings) : 'the address was taken meanwhile';
    }
    const seats = await this.tools.accounts.seatsOf(account.accountId);
    // An account of elsewhere is somebody's: it gets a seat when its owner accepts an invitation, not because this provider says so.
    return seats.find(({ workspaceId }) => workspaceId === identity.workspaceId) ?? 'the account has no seat here';
  }

  /**
   * Remembers who came with which subject; whether it is the one that this seat was taken with before, if it was.
   */
  async link({ workspaceId, issuer, subject }: Identity, { memberId }: Seat): Promise<boolean> {
    const rows = await this.tools.store.global(async (sql) => {
      await sql.rows(
        `insert into provider_identity (workspace_id, issuer, subject, member_id) values ($1, $2, $3, $4)
         on conflict do nothing`,
        [workspaceId, issuer, subject, memberId],
      );
      return sql.rows(
        'select 1 from provider_identity where workspace_id = $1 and issuer = $2 and subject = $3 and member_id = $4',
        [workspaceId, issuer, subject, memberId],
      );
    });
    return rows.length > 0;
  }

  async #linked({ workspaceId, issuer, subject }: Identity): Promise<Seat | undefined> {
    const rows = await this.tools.store.global((sql) =>
      sql.rows<Seat>(
        `select account_id as "accountId", workspace_id as "workspaceId", member_id as "memberId"
         from account_seat join provider_identity using (workspace_id, member_id)
         where workspace_id = $1 and issuer = $2 and subject = $3`,
        [workspaceId, issuer, subject],
      ),
    );
    return rows.at(0);
  }

  /** An account with a password that nobody knows, its seat and who came: all or nothing. Repeating it makes the same. */
  async #create(identity: Identity, email: string): Promise<Seat | undefined> {
    const { workspaceId, issuer, subject } = identity;
    const name = [workspaceId, issuer, subject] as const;
    const seat = {
      workspaceId,
      accountId: nameId('provider-account', ...name),
      memberId: nameId('provider-member', ...name),
    };
    const hash = await this.tools.passwords.hash(randomBytes(32).toString('base64url'));
    const made = await this.tools.store.global((connection) =>
      connection.transaction(async (sql) => {
        const [account] = await sql.rows(
          'insert into account (id, email, password_hash) values ($1, $2, $3) on conflict do nothing returning 1',
          [seat.accountId, email, hash],
        );
        if (!account) return false;
        await sql.rows('insert into account_seat (account_id, workspace_id, member_id) values ($1, $2, $3)', [
          ...[seat.accountId, workspaceId, seat.memberId],
        ]);
        await sql.rows(
          'insert into provider_identity (workspace_id, issuer, subject, member_id) values ($1, $2, $3, $4)',
          [workspaceId, issuer, subject, seat.memberId],
        );
        return true;
      }),
    );
    return made ? seat : undefined;
  }

  /** Makes the member of a seat that was made here, now or by a try that came no further. */
  async #joined(
    seat: Seat,
    { workspaceId, issuer, subject }: Identity,
    name: string,
    claims: Claims,
    settings: ProviderSettings,
  ): Promise<Seat | string> {
    if (await this.tools.directory.member(workspaceId, seat.memberId)) return seat;
    if (!settings.createsMembers) return 'no member, and members are not made';
    // Before anything of the workspace is changed; who is a member already comes in and reads.
    if ((await this.tools.directory.workspace(workspaceId))?.suspension) return 'the workspace is suspended';
    const commandId = nameId('provider-join', workspaceId, issuer, subject);
    const join = new JoinWorkspace(seat.memberId, seat.accountId, name, roleFor(settings, claims));
    await this.tools.runner.run(memberDecider, join, {
      ...{
        workspaceId,
        actor: 'system:sign-in-provider',
        cause: 'job:first-sign-in',
        commandId,
        correlationId: commandId,
      },
    });
    return seat;
  }
}
