import { type Decider, DomainError } from '@ledgerdesk/kernel';
import { ConfigureWorkspace, OpenWorkspace } from './workspace.commands.js';
import type { WorkspaceEvent } from './workspace.events.js';
import { DEFAULT_UNDO_SEND_SECONDS, type Workspace, type WorkspaceSettings } from './workspace.js';

type WorkspaceCommand = OpenWorkspace | ConfigureWorkspace;
type State = Workspace | undefined;

export const workspaceDecider: Decider<WorkspaceCommand, State, WorkspaceEvent> = {
  category: 'workspace',
  initial: undefined,
  target: ({ workspaceId }) => workspaceId,
  decide: (command, state) => (command instanceof OpenWorkspace ? open(command, state) : configure(command, state)),
  evolve(state, { type, data }) {
    switch (type) {
      case 'WorkspaceOpened':
        return { undoSendSeconds: DEFAULT_UNDO_SEND_SECONDS, ...data };
      case 'WorkspaceConfigured':
        return state && { ...state, ...data };
      default:
        // Written by a newer release beside this one.
        return state;
    }
  },
  sets: (command) => (command instanceof ConfigureWorkspace ? command.settings : {}),
  changes: ({ type, data }) => (type === 'WorkspaceConfigured' ? data : {}),
};

function open({ workspaceId, slug, settings }: OpenWorkspace, state: State): WorkspaceEvent[] {
  if (state) throw new DomainError('conflict', 'workspace.exists', 'This workspace was opened before.');
  return [{ type: 'WorkspaceOpened', data: { workspaceId, slug, ...settings } }];
}

function configure({ settings }: ConfigureWorkspace, state: State): WorkspaceEvent[] {
  if (!state) throw new DomainError('not-found', 'workspace.not-found', 'There is no such workspace.');
  const changed = Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => state[name as keyof WorkspaceSettings] !== value),
  );
  return Object.keys(changed).length === 0 ? [] : [{ type: 'WorkspaceConfigured', data: changed }];
}
