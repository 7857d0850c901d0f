/** How much callers may ask for: at most `quota` requests within any `seconds`, wherever one lays them. */
export interface Policy {
  /** As callers read it in `RateLimit-Policy`. */
  readonly name: string;
  readonly quota: number;
  readonly seconds: number;
  /** What somebody reads who has used it up; one sentence. */
  readonly complaint: string;
}

/** A policy for one caller; requests with the same key share it. */
export interface Budget {
  readonly policy: Policy;
  readonly key: string;
}

/** What is left of a budget. */
export interface Balance {
  readonly policy: Policy;
  readonly requests: number;
  /** Until more of it is free again. */
  readonly milliseconds: number;
}

/** A request takes one from each of its budgets, or from none when one of them is empty. */
export interface Verdict {
  readonly allowed: boolean;
  readonly balances: readonly Balance[];
}

/**
 * Requests are counted in cells of a tenth of the window, and count until their cell has left it altogether: so no window, wherever
 * it begins, holds more than the quota, and a budget is eleven small numbers.
 */
export const CELLS = 10;

/** Milliseconds of one cell. */
export function cellOf({ seconds }: Policy): number {
  return Math.ceil((seconds * 1_000) / CELLS);
}

export function balanceOf(policy: Policy, used: number, milliseconds: number): Balance {
  return { policy, requests: Math.max(0, policy.quota - used), milliseconds };
}
