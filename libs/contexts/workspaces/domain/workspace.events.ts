import type { DomainEvent } from '@ledgerdesk/kernel';
import type { Workspace, WorkspaceSettings } from './workspace.js';

/** Settings that came later: workspaces that were opened before say nothing about them. */
type Later = 'undoSendSeconds' | 'agentsSee';

/** A tenant came into being. */
export type WorkspaceOpened = DomainEvent<'WorkspaceOpened', Omit<Workspace, Later> & Partial<Pick<Workspace, Later>>>;

/** Only what changed, and since the settings of access are among them also what it was before (`from`). */
export type WorkspaceConfigured = DomainEvent<
  'WorkspaceConfigured',
  Partial<WorkspaceSettings> & { readonly from?: Partial<WorkspaceSettings> }
>;

export type WorkspaceEvent = WorkspaceOpened | WorkspaceConfigured;
