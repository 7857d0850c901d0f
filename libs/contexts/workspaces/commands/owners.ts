import { Inject, Injectable } from '@nestjs/common';
import { accessDenied, type Principal } from '@ledgerdesk/auth';
import { DomainError, type Role, type RoleName } from '@ledgerdesk/kernel';
import { ReadStore, type Sql } from '@ledgerdesk/read-store';
import { Directory } from '../queries/directory.js';
import { RoleBook } from '../queries/role-book.js';

type Asker = Pick<Principal, 'workspaceId' | 'memberId'>;

/** What somebody wants to do with a seat. */
export interface SeatChange {
  /** The role that it is to have; absent when it is to be taken. */
  readonly role?: RoleName;
}

/** Above everybody are the owners, above everybody else the admins; the others are told apart by what they may do. */
const RANKS: Readonly<Partial<Record<Role, number>>> = { owner: 2, admin: 1 };
const rankOf = (role: RoleName): number => RANKS[role as Role] ?? 0;

/** Sees to it that nobody gives or takes more than they have, and that a workspace keeps an owner. */
@Injectable()
export class Owners {
  constructor(
    @Inject(Directory) private readonly directory: Directory,
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(RoleBook) private readonly book: RoleBook,
  ) {}

  /**
   * Does `work`, which changes a seat, as one of its kind at a time in a workspace: two owners who take each other's seat at the same moment would
   * leave it without any. Seats are looked at in the ledger as they stand now, not as they were at sign-in.
   * @throws DomainError forbidden `auth.forbidden` for what is above the asker, conflict `member.last-owner`
   */
  async whileKept<T>(by: Asker, memberId: string, change: SeatChange, work: () => Promise<T>): Promise<T> {
    return this.store.run(by.workspaceId, (connection) =>
      connection.transaction(async (sql) => {
        await sql.rows('select pg_advisory_xact_lock(hashtextextended($1, 0))::text', [`owners ${by.workspaceId}`]);
        if (change.role === undefined) await this.refuseAbove(by, undefined);
        else await this.refuseToGive(by, change.role);
        const member = await this.directory.member(by.workspaceId, memberId);
        if (member?.accountId != null) await this.refuseAbove(by, member.role);
        const isOwner = member?.role === 'owner' && member.status === 'active';
        if (isOwner && change.role !== 'owner') await this.#keepAnother(sql, by.workspaceId, memberId);
        return work();
      }),
    );
  }

  /** Nobody gives a role above their own. @throws DomainError forbidden `auth.forbidden`, `role.beyond-own`, not-found `role.not-found` */
  async refuseAbove(by: Asker, role: RoleName | undefined): Promise<void> {
    const asker = await this.directory.member(by.workspaceId, by.memberId);
    if (asker?.status !== 'active' || rankOf(role ?? 'auditor') > rankOf(asker.role)) throw accessDenied();
    if (role !== undefined) await this.book.refuseBeyond(by, await this.book.permissionsOf(by.workspaceId, role));
  }

  /** The same for a role that somebody is to be given who has no seat yet. @throws what `refuseAbove` throws, conflict `role.retired` */
  async refuseToGive(by: Asker, role: RoleName): Promise<void> {
    await this.refuseAbove(by, role);
    await this.book.refuseRetired(by.workspaceId, role);
  }

  async #keepAnother(sql: Sql, workspaceId: string, memberId: string): Promise<void> {
    // The read model names the candidates, the ledger says whether they are owners still.
    const others = await sql.rows<{ id: string }>(
      `select id from members where workspace_id = $1::uuid and role = 'owner' and status = 'active' and id <> $2::uuid
       order by id limit 100`,
      [workspaceId, memberId],
    );
    for (const { id } of others) {
      const other = await this.directory.member(workspaceId, id);
      if (other?.role === 'owner' && other.status === 'active') return;
    }
    throw new DomainError('conflict', 'member.last-owner', 'The last owner of a workspace can not be taken away.');
  }
}
