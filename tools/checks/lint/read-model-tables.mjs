import { globSync, readFileSync } from 'node:fs';

/**
 * Names of the tables that projections own, read from the projections themselves.
 * @param {string} checkout
 * @returns {string[]}
 */
export function readModelTables(checkout) {
  return globSync('libs/**/*.projection.ts', { cwd: checkout })
    .map(
      (file) =>
        /^\s*(?:readonly )?name(?:: string)?\s*[:=]\s*'([a-z_]+)'/m.exec(
          readFileSync(`${checkout}/${file}`, 'utf8'),
        )?.[1],
    )
    .filter((name) => name !== undefined)
    .sort();
}
