import type { DomainEvent } from '@ledgerdesk/kernel';
import type { Workspace, WorkspaceSettings } from './workspace.js';

/** A tenant came into being. */
export type WorkspaceOpened = DomainEvent<'WorkspaceOpened', Workspace>;

/** Only what changed. */
export type WorkspaceConfigured = DomainEvent<'WorkspaceConfigured', Partial<WorkspaceSettings>>;

export type WorkspaceEvent = WorkspaceOpened | WorkspaceConfigured;
