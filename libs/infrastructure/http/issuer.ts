import { type Actor, PLATFORM_WORKSPACE } from '@ledgerdesk/kernel';
import type { DeskRequest } from './request.js';

/** Who issues the command of a request. */
export interface Issuer {
  /** Where the request is remembered, and where its command runs unless the operation says otherwise. */
  readonly workspaceId: string;
  /** Tells the requests of one issuer from those of another. */
  readonly name: string;
  readonly actor: Actor;
  /** Who acts in the seat of the actor, if that is somebody else. */
  readonly impersonatedBy?: string;
}

/** As the guards have found out; `undefined` on public routes. */
export function issuerOf({ principal, platformAdmin }: DeskRequest): Issuer | undefined {
  if (principal) {
    const { workspaceId, memberId, key, impersonation } = principal;
    // A key and its member may use the same words as Idempotency-Key and mean different requests.
    if (key) return { workspaceId, name: key.id, actor: `key:${key.id}` };
    const actor: Actor = `member:${memberId}`;
    if (!impersonation) return { workspaceId, name: memberId, actor };
    const impersonatedBy = `platform:${impersonation.adminId}`;
    return { workspaceId, name: `${memberId} ${impersonatedBy}`, actor, impersonatedBy };
  }
  if (!platformAdmin) return undefined;
  const actor: Actor = `platform:${platformAdmin.adminId}`;
  return { workspaceId: PLATFORM_WORKSPACE, name: actor, actor };
}
