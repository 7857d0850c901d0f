import type { PathStep } from '../format/merkle.js';

/** An event as it is stored, without its place in a store. */
export interface CheckedEvent {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

export interface SealItem {
  readonly record: string;
  readonly signature: string;
  /** All shares of the seal; with a path, the one of the workspace. */
  readonly shares: readonly { readonly record: string; readonly leaves: readonly string[] }[];
  readonly path?: readonly PathStep[];
}

/** A ledger as verification reads it: events in log order, and each seal behind the last event that it holds. */
export type LedgerItem =
  | { readonly kind: 'events'; readonly events: readonly CheckedEvent[] }
  | { readonly kind: 'seal'; readonly seal: SealItem };

/** A ledger that can be read several times, always the same. */
export type LedgerItems = () => AsyncIterable<LedgerItem>;
