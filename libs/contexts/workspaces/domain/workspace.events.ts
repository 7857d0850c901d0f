import type { DomainEvent } from '@ledgerdesk/kernel';
import type { SuspensionEvent } from './workspace-suspension.js';
import type { SecurityPolicy, Workspace, WorkspaceSettings } from './workspace.js';

/** Settings that came later: workspaces that were opened before say nothing about them. */
type Later = 'undoSendSeconds' | 'agentsSee' | 'supportAccess';

/** A tenant came into being. */
export type WorkspaceOpened = DomainEvent<
  'WorkspaceOpened',
  Omit<Workspace, Later | keyof SecurityPolicy | 'suspension'> & Partial<Pick<Workspace, Later>>
>;

/** Only what changed, and since the settings of access are among them also what it was before (`from`). */
export type WorkspaceConfigured = DomainEvent<
  'WorkspaceConfigured',
  Partial<WorkspaceSettings> & { readonly from?: Partial<WorkspaceSettings> }
>;

/** What changed, and what it was, for those who ask who weakened it, and when. */
export type SecurityPolicyChanged = DomainEvent<
  'SecurityPolicyChanged',
  Partial<SecurityPolicy> & { readonly from: Partial<SecurityPolicy> }
>;

export type WorkspaceEvent = WorkspaceOpened | WorkspaceConfigured | SecurityPolicyChanged | SuspensionEvent;
