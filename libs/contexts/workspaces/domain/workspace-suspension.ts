import { characters, DomainError, type DomainEvent, seenLine } from '@ledgerdesk/kernel';

export const LONGEST_REASON = 500;

/** Stops a workspace: it can be read and exported, and nothing else. @throws DomainError `workspace.reason-invalid` */
export class SuspendWorkspace {
  readonly reason: string;

  constructor(
    readonly workspaceId: string,
    reason: string,
  ) {
    this.reason = reasonText(reason);
  }
}

/** Lets a suspended workspace go on, with everything that waited. @throws DomainError `workspace.reason-invalid` */
export class ReactivateWorkspace {
  readonly reason: string;

  constructor(
    readonly workspaceId: string,
    reason: string,
  ) {
    this.reason = reasonText(reason);
  }
}

/** The people of the workspace read the reason; it is about the workspace, never about a person. */
export type WorkspaceSuspended = DomainEvent<
  'WorkspaceSuspended',
  { readonly from: 'active'; readonly to: 'suspended'; readonly reason: string }
>;
export type WorkspaceReactivated = DomainEvent<
  'WorkspaceReactivated',
  { readonly from: 'suspended'; readonly to: 'active'; readonly reason: string }
>;
export type SuspensionEvent = WorkspaceSuspended | WorkspaceReactivated;

/** Why and since when (RFC 3339) a workspace is suspended. */
export interface Suspension {
  readonly since: string;
  readonly reason: string;
}

/** Quiet when it is so already: who comes second changes nothing, not even the reason. */
export function changeSuspension(
  command: SuspendWorkspace | ReactivateWorkspace,
  { suspension }: { readonly suspension?: Suspension },
): SuspensionEvent[] {
  const { reason } = command;
  if (command instanceof SuspendWorkspace) {
    if (suspension) return [];
    return [{ type: 'WorkspaceSuspended', data: { from: 'active', to: 'suspended', reason } }];
  }
  if (!suspension) return [];
  return [{ type: 'WorkspaceReactivated', data: { from: 'suspended', to: 'active', reason } }];
}

function reasonText(text: string): string {
  const reason = seenLine(text);
  if (reason !== '' && characters(reason) <= LONGEST_REASON) return reason;
  throw new DomainError('invalid', 'workspace.reason-invalid', 'Say why, in 1 to 500 characters.');
}
