import type { Balance, Verdict } from './budget.js';

/**
 * `RateLimit-Policy` and `RateLimit` as structured fields, https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/:
 * quota `q` within `w` seconds; `r` requests are left, and in `t` seconds there will be more.
 */
export function limitHeaders({ balances }: Verdict): Readonly<Record<string, string>> {
  const policies = balances.map(
    ({ policy: { name, quota, seconds } }) => `"${name}";q=${String(quota)};w=${String(seconds)}`,
  );
  const left = balances.map((balance) => {
    const { policy, requests } = balance;
    return `"${policy.name}";r=${String(requests)};t=${String(secondsOf(balance))}`;
  });
  return { 'RateLimit-Policy': policies.join(', '), RateLimit: left.join(', ') };
}

/** Whole seconds until more is free, at least one. */
export function secondsOf({ milliseconds }: Balance): number {
  return Math.max(1, Math.ceil(milliseconds / 1_000));
}
