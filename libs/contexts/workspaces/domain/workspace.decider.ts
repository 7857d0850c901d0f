import { type Decider, DomainError } from '@ledgerdesk/kernel';
import { ChangeSecurityPolicy, ConfigureWorkspace, OpenWorkspace } from './workspace.commands.js';
import type { WorkspaceEvent } from './workspace.events.js';
import { changeSuspension, ReactivateWorkspace, SuspendWorkspace } from './workspace-suspension.js';
import {
  DEFAULT_AGENTS_SEE,
  DEFAULT_SECURITY,
  DEFAULT_SUPPORT_ACCESS,
  DEFAULT_UNDO_SEND_SECONDS,
  type Workspace,
} from './workspace.js';

type WorkspaceCommand =
  OpenWorkspace | ConfigureWorkspace | ChangeSecurityPolicy | SuspendWorkspace | ReactivateWorkspace;
type State = Workspace | undefined;

export const workspaceDecider: Decider<WorkspaceCommand, State, WorkspaceEvent> = {
  category: 'workspace',
  initial: undefined,
  target: ({ workspaceId }) => workspaceId,
  decide(command, state) {
    if (command instanceof OpenWorkspace) return open(command, state);
    const workspace = existing(state);
    if (command instanceof SuspendWorkspace || command instanceof ReactivateWorkspace)
      return changeSuspension(command, workspace);
    return command instanceof ChangeSecurityPolicy ? changeSecurity(command, workspace) : configure(command, workspace);
  },
  evolve(state, { type, data }, { occurredAt }) {
    switch (type) {
      case 'WorkspaceOpened':
        return {
          undoSendSeconds: DEFAULT_UNDO_SEND_SECONDS,
          agentsSee: DEFAULT_AGENTS_SEE,
          supportAccess: DEFAULT_SUPPORT_ACCESS,
          ...DEFAULT_SECURITY,
          ...data,
        };
      case 'WorkspaceConfigured':
      case 'SecurityPolicyChanged':
        return state && { ...state, ...newOf(data) };
      case 'WorkspaceSuspended':
        return state && { ...state, suspension: { since: occurredAt, reason: data.reason } };
      case 'WorkspaceReactivated':
        return state && withoutSuspension(state);
      default:
        // Written by a newer release beside this one.
        return state;
    }
  },
  sets(command) {
    if (command instanceof ConfigureWorkspace) return command.settings;
    return command instanceof ChangeSecurityPolicy ? command.policy : {};
  },
  changes: ({ type, data }) => (type === 'WorkspaceConfigured' || type === 'SecurityPolicyChanged' ? newOf(data) : {}),
};

function open({ workspaceId, slug, settings }: OpenWorkspace, state: State): WorkspaceEvent[] {
  if (state) throw new DomainError('conflict', 'workspace.exists', 'This workspace was opened before.');
  return [{ type: 'WorkspaceOpened', data: { workspaceId, slug, ...settings } }];
}

function existing(state: State): Workspace {
  if (!state) throw new DomainError('not-found', 'workspace.not-found', 'There is no such workspace.');
  return state;
}

function withoutSuspension({ suspension: _, ...workspace }: Workspace): Workspace {
  return workspace;
}

function configure({ settings }: ConfigureWorkspace, state: Workspace): WorkspaceEvent[] {
  const data = changed(settings, state);
  return data ? [{ type: 'WorkspaceConfigured', data }] : [];
}

function changeSecurity({ policy }: ChangeSecurityPolicy, state: Workspace): WorkspaceEvent[] {
  const data = changed(policy, state);
  return data ? [{ type: 'SecurityPolicyChanged', data }] : [];
}

/** What differs from how it is, with how it is (`from`); `undefined` when nothing does. */
function changed<Part extends Partial<Workspace>>(
  wanted: Part,
  state: Workspace,
): (Partial<Part> & { readonly from: Partial<Part> }) | undefined {
  const names = Object.keys(wanted).filter((name) => state[name as keyof Workspace] !== wanted[name as keyof Part]);
  if (names.length === 0) return undefined;
  const only = (all: object): Partial<Part> =>
    Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name))) as Partial<Part>;
  return { ...only(wanted), from: only(state) };
}

/** Without what it was before. */
function newOf<Data extends { readonly from?: unknown }>({ from: _from, ...rest }: Data): Omit<Data, 'from'> {
  return rest;
}
