import type { RoleName } from '@ledgerdesk/kernel';

/** An account's seat in a workspace; or only a name, when it was taken over from another system. */
export interface Member {
  readonly memberId: string;
  /** Whose seat it is; null for a member who can not sign in. */
  readonly accountId: string | null;
  readonly role: RoleName;
  readonly status: 'active' | 'deactivated';
  readonly erasure: 'none' | 'requested' | 'erased';
}
