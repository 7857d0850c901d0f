import type { RoleName } from '@ledgerdesk/auth';
import { customRoleId } from '@ledgerdesk/kernel';
import type { Directory, Suspension } from '@ledgerdesk/workspaces';
import type { Seat } from '../accounts.js';

/** A seat that may be used, with what the desk shows about it. */
export interface SeatProfile {
  readonly seat: Seat;
  readonly member: {
    readonly id: string;
    readonly name: string | null;
    readonly role: RoleName;
    /** null for the six roles that every workspace has. */
    readonly roleName: string | null;
  };
  readonly workspace: {
    readonly id: string;
    readonly name: string;
    readonly slug: string;
    readonly timeZone: string;
    readonly language: string;
    readonly undoSendSeconds: number;
    readonly suspension: Suspension | null;
  };
}

/** Looks up who sits on a seat and where. */
export class SeatProfiles {
  constructor(private readonly directory: Directory) {}

  /** `undefined` when the seat was taken away or given to somebody else. */
  async of(seat: Seat): Promise<SeatProfile | undefined> {
    const [member, workspace] = await Promise.all([
      this.directory.namedMember(seat.workspaceId, seat.memberId),
      this.directory.workspace(seat.workspaceId),
    ]);
    if (!member || !workspace || member.status !== 'active' || member.accountId !== seat.accountId) return undefined;
    const roleId = customRoleId(member.role);
    const custom = roleId === undefined ? undefined : await this.directory.role(seat.workspaceId, roleId);
    const { name, slug, timeZone, language, undoSendSeconds, suspension = null } = workspace;
    return {
      seat,
      member: { id: member.memberId, name: member.name, role: member.role, roleName: custom?.name ?? null },
      workspace: { id: workspace.workspaceId, name, slug, timeZone, language, undoSendSeconds, suspension },
    };
  }
}
