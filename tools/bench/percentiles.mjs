/**
 * @param {readonly number[]} values in any order
 * @returns {{ p50: number, p95: number, p99: number }}
 */
export function percentiles(values) {
  const sorted = values.toSorted((left, right) => left - right);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
