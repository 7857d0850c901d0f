import { Inject, Injectable } from '@nestjs/common';
import { Abilities } from '@ledgerdesk/auth';
import { customRoleId, DomainError, type Role, type RoleName } from '@ledgerdesk/kernel';
import { Directory } from './directory.js';

/** What every role comes with, straight from the ledger. */
@Injectable()
export class RoleBook {
  constructor(
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Abilities) private readonly abilities: Abilities,
  ) {}

  /** Lines of the catalogue. @throws DomainError not-found `role.not-found` */
  async permissionsOf(workspaceId: string, role: RoleName): Promise<readonly string[]> {
    const id = customRoleId(role);
    if (id === undefined) return this.abilities.catalogue.of(role as Role);
    const found = await this.directory.role(workspaceId, id);
    if (!found) throw roleNotFound();
    return found.permissions;
  }

  /**
   * Nobody gives, and nobody takes away, what they may not do themselves.
   * @param by a seat, as it stands in the ledger now
   * @throws DomainError forbidden `auth.forbidden`, `role.beyond-own`
   */
  async refuseBeyond(
    by: { readonly workspaceId: string; readonly memberId: string },
    permissions: readonly string[],
  ): Promise<void> {
    const seat = await this.directory.member(by.workspaceId, by.memberId);
    const own = seat?.status === 'active' ? await this.permissionsOf(by.workspaceId, seat.role) : [];
    const beyond = permissions.filter((name) => !own.includes(name));
    if (beyond.length === 0) return;
    const message = `You may not do this yourself, so somebody else has to give it: ${beyond.join(', ')}.`;
    throw new DomainError('forbidden', 'role.beyond-own', message);
  }

  /** @throws DomainError conflict `role.retired` */
  async refuseRetired(workspaceId: string, role: RoleName): Promise<void> {
    const id = customRoleId(role);
    if (id === undefined || (await this.directory.role(workspaceId, id))?.retired !== true) return;
    throw new DomainError('conflict', 'role.retired', 'This role is retired: nobody is given it any more.');
  }
}

export function roleNotFound(): DomainError {
  return new DomainError('not-found', 'role.not-found', 'There is no such role.');
}
