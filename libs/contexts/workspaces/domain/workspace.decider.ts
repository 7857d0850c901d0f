import { type Decider, DomainError } from '@ledgerdesk/kernel';
import { ConfigureWorkspace, OpenWorkspace } from './workspace.commands.js';
import type { WorkspaceConfigured, WorkspaceEvent } from './workspace.events.js';
import { DEFAULT_AGENTS_SEE, DEFAULT_UNDO_SEND_SECONDS, type Workspace, type WorkspaceSettings } from './workspace.js';

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
        return { undoSendSeconds: DEFAULT_UNDO_SEND_SECONDS, agentsSee: DEFAULT_AGENTS_SEE, ...data };
      case 'WorkspaceConfigured':
        return state && { ...state, ...settingsOf(data) };
      default:
        // Written by a newer release beside this one.
        return state;
    }
  },
  sets: (command) => (command instanceof ConfigureWorkspace ? command.settings : {}),
  changes: ({ type, data }) => (type === 'WorkspaceConfigured' ? settingsOf(data) : {}),
};

function open({ workspaceId, slug, settings }: OpenWorkspace, state: State): WorkspaceEvent[] {
  if (state) throw new DomainError('conflict', 'workspace.exists', 'This workspace was opened before.');
  return [{ type: 'WorkspaceOpened', data: { workspaceId, slug, ...settings } }];
}

function configure({ settings }: ConfigureWorkspace, state: State): WorkspaceEvent[] {
  if (!state) throw new DomainError('not-found', 'workspace.not-found', 'There is no such workspace.');
  const changed = Object.entries(settings).filter(([name, value]) => state[name as keyof WorkspaceSettings] !== value);
  if (changed.length === 0) return [];
  const from = Object.fromEntries(changed.map(([name]) => [name, state[name as keyof WorkspaceSettings]]));
  return [{ type: 'WorkspaceConfigured', data: { ...Object.fromEntries(changed), from } }];
}

function settingsOf({ from: _from, ...settings }: WorkspaceConfigured['data']): Partial<WorkspaceSettings> {
  return settings;
}
