import type { Connections } from '../connections.js';
import type { AnyProjection } from '../projection.js';
import type { AsOwner } from './as-owner.js';
import type { LedgerEvent, LedgerSource } from './ledger-consumer.js';

export interface RebuildsOptions {
  /** Read models as this release knows them. */
  readonly projections: readonly AnyProjection[];
  /** Connections of the role `ld_project`. */
  readonly connections: Connections;
  readonly asOwner: AsOwner;
  readonly source: Pick<LedgerSource, 'head' | 'compare'>;
  /** One event, for replaying what was parked. */
  readonly event: (stream: string, revision: number) => Promise<LedgerEvent>;
  /** Told what was done and what was refused; a line for the log. */
  readonly onOutcome: (outcome: RebuildOutcome) => void;
  readonly onFailure: (error: Error) => void;
}

export interface RebuildOutcome {
  readonly readModel: string;
  readonly table: string;
  readonly what: 'begun' | 'built' | 'switched' | 'compared' | 'dropped' | 'replayed' | 'refused';
  readonly detail?: string;
}
