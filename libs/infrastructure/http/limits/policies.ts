import type { RequestLimits } from '@ledgerdesk/config';
import type { Policy } from './budget.js';

/** Requests that cost far more than others have a budget of their own beside those that every request takes from. */
export type CostClass = 'search' | 'export' | 'verification';

/** What makes a request of an endpoint costly. */
export interface Cost {
  readonly class: CostClass;
  /** Only with this parameter in the query; by default always. */
  readonly with?: string;
}

export interface CostPolicy {
  readonly policy: Policy;
  readonly per: 'member' | 'workspace';
  /** How many of them one process works on for a workspace at the same time; a pool has eight connections. */
  readonly atOnce: number;
}

export interface Policies {
  readonly address: Policy;
  readonly member: Policy;
  readonly key: Policy;
  readonly workspace: Policy;
  readonly ticket: Policy;
  readonly costs: Readonly<Record<CostClass, CostPolicy>>;
}

export function policiesOf(limits: RequestLimits): Policies {
  const policy = (name: keyof RequestLimits, complaint: string): Policy => ({ name, ...limits[name], complaint });
  return {
    address: policy('address', 'Too many requests come from your network.'),
    member: policy('member', 'You have sent too many requests.'),
    key: policy('key', 'This API key has sent too many requests.'),
    workspace: policy('workspace', 'The members of your workspace have sent too many requests.'),
    ticket: policy('ticket', 'You have changed this ticket very often in a short time.'),
    costs: {
      search: { policy: policy('search', 'You have searched too often.'), per: 'member', atOnce: 6 },
      export: { policy: policy('export', 'Your workspace has made too many exports.'), per: 'workspace', atOnce: 2 },
      verification: {
        policy: policy('verification', 'Your workspace has had its ledger checked too often.'),
        per: 'workspace',
        atOnce: 2,
      },
    },
  };
}
