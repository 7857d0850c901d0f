import type { Suspension } from './workspace-suspension.js';

/** Days after "solved". */
export interface WorkspacePolicy {
  /** How long a customer's reply reopens a solved ticket; later it makes a follow-up. */
  readonly reopenWindowDays: number;
  /** When a solved ticket is closed for good. */
  readonly autoCloseDays: number;
}

/** How long a reply that an agent sent from the desk can be taken back, in seconds; 0 sends it at once. */
export const DEFAULT_UNDO_SEND_SECONDS = 10;

/** Which tickets agents and light agents see: those of everybody, or of their own teams and their own. */
export const AGENTS_SEE = ['all_tickets', 'own_teams'] as const;
export type AgentsSee = (typeof AGENTS_SEE)[number];
export const DEFAULT_AGENTS_SEE: AgentsSee = 'all_tickets';

/** Whether those who run the installation may act as members, with a reason and in the ledger. */
export const SUPPORT_ACCESS = ['allowed', 'refused'] as const;
export type SupportAccess = (typeof SUPPORT_ACCESS)[number];
export const DEFAULT_SUPPORT_ACCESS: SupportAccess = 'allowed';

/** Whether members need a second factor: `required` lets who has none do nothing but set one up. */
export const SECOND_FACTOR = ['optional', 'required'] as const;

/** How members prove who they are. */
export interface SecurityPolicy {
  readonly secondFactor: (typeof SECOND_FACTOR)[number];
}

export const DEFAULT_SECURITY: SecurityPolicy = { secondFactor: 'optional' };

export interface WorkspaceSettings extends WorkspacePolicy {
  readonly name: string;
  /** IANA name, e.g. `Europe/Berlin`; days and reports of the workspace are counted in it. */
  readonly timeZone: string;
  /** BCP 47 tag of the language that the desk starts in, e.g. `en`. */
  readonly language: string;
  /** How long a reply from the desk waits before it leaves, so that it can be taken back; 0: not at all. */
  readonly undoSendSeconds: number;
  readonly agentsSee: AgentsSee;
  readonly supportAccess: SupportAccess;
}

/** One tenant. Its id is the workspace id of everything in it. */
export interface Workspace extends WorkspaceSettings, SecurityPolicy {
  readonly workspaceId: string;
  /** Short name in addresses, fixed for good. */
  readonly slug: string;
  /** Only while it is suspended. */
  readonly suspension?: Suspension;
}

export const DEFAULT_POLICY: WorkspacePolicy = { reopenWindowDays: 7, autoCloseDays: 7 };
