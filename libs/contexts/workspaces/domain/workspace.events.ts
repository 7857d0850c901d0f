import type { DomainEvent } from '@ledgerdesk/kernel';
import type { Workspace, WorkspaceSettings } from './workspace.js';

/** A tenant came into being. Workspaces that were opened before replies could be taken back say nothing about that. */
export type WorkspaceOpened = DomainEvent<
  'WorkspaceOpened',
  Omit<Workspace, 'undoSendSeconds'> & Partial<Pick<Workspace, 'undoSendSeconds'>>
>;

/** Only what changed. */
export type WorkspaceConfigured = DomainEvent<'WorkspaceConfigured', Partial<WorkspaceSettings>>;

export type WorkspaceEvent = WorkspaceOpened | WorkspaceConfigured;
