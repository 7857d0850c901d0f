import { setTimeout as delay } from 'node:timers/promises';
import type { Connections } from '../connections.js';
import type { Sql } from '../sql.js';
import type { LedgerPosition } from './ledger-consumer.js';

/** How many rows of each kind are named. */
const NAMED = 20;
/** Generations that are both brought forward stand at one position again and again. */
const ATTEMPTS = 300;
const REST_MS = 20;
/** Reads two whole tables. */
const LONGEST = '10min';

/** What tells two generations of a read model apart, at one position of the ledger. */
export interface Comparison {
  readonly position: LedgerPosition;
  /** Rows of the generation that is read, and of the other one. */
  readonly rows: { readonly live: number; readonly other: number };
  /** Rows that only one of them has, and rows that differ. */
  readonly missing: number;
  readonly surplus: number;
  readonly different: number;
  /** How many rows differ in each column that both have. */
  readonly columns: Readonly<Record<string, number>>;
  /** Columns that only one of them has; they are not compared. */
  readonly notCompared: readonly string[];
  /** Ids of the first rows that are missing, surplus or different. */
  readonly examples: readonly string[];
}

/** Whether nothing was found, and nothing was left out. */
export function isEqual({ missing, surplus, different, notCompared }: Comparison): boolean {
  return missing + surplus + different + notCompared.length === 0;
}

/**
 * Compares the rows of two generations in one snapshot in which both have seen the same events, while both go on.
 * @returns undefined when they did not come to stand at one position, as when nobody brings one of them forward
 */
export async function compareGenerations(
  connections: Connections,
  live: string,
  other: string,
): Promise<Comparison | undefined> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const found = await connections.use((connection) =>
      connection.transaction((sql) => inOneSnapshot(sql, live, other)),
    );
    if (found !== undefined) return found;
    await delay(REST_MS);
  }
  return undefined;
}

async function inOneSnapshot(sql: Sql, live: string, other: string): Promise<Comparison | undefined> {
  await sql.rows('set transaction isolation level repeatable read, read only');
  await sql.rows(`set local statement_timeout = '${LONGEST}'`);
  const positions = await sql.rows<{ position: LedgerPosition }>(
    'select distinct position from ledger_checkpoint where generation in ($1, $2)',
    [live, other],
  );
  const [standing] = positions;
  if (positions.length !== 1 || standing === undefined) return undefined;
  const columns = await columnsOf(sql, live, other);
  const shared = columns.filter(({ both }) => both).map(({ name }) => name);
  const [counted] = await sql.rows<Counted>(countStatement(live, other, shared));
  if (counted === undefined) throw new Error(`The database did not compare ${live} with ${other}.`);
  const { rowsLive, rowsOther, missing, surplus, different, examples, ...rest } = counted;
  return {
    position: standing.position,
    rows: { live: rowsLive, other: rowsOther },
    missing,
    surplus,
    different,
    columns: Object.fromEntries(
      shared.map((name, index) => [name, Number(rest[`c${String(index)}`])] as const).filter(([, count]) => count > 0),
    ),
    notCompared: columns.filter(({ both }) => !both).map(({ name }) => name),
    examples: examples ?? [],
  };
}

interface Counted {
  readonly rowsLive: number;
  readonly rowsOther: number;
  readonly missing: number;
  readonly surplus: number;
  readonly different: number;
  readonly examples: readonly string[] | null;
  /** `c<index>`: rows that differ in that column. */
  readonly [column: string]: unknown;
}

async function columnsOf(
  sql: Sql,
  live: string,
  other: string,
): Promise<readonly { readonly name: string; readonly both: boolean }[]> {
  return sql.rows(
    `select attname as name, count(*) = 2 as both from pg_attribute
     where attrelid in (to_regclass($1), to_regclass($2)) and attnum > 0 and not attisdropped
     group by attname order by attname`,
    [live, other],
  );
}

/** Compared as text, like the row hash: every type has one. */
function countStatement(live: string, other: string, columns: readonly string[]): string {
  const differs = (name: string): string => `l."${name}"::text is distinct from o."${name}"::text`;
  const both = 'l.id is not null and o.id is not null';
  const any = columns.map(differs).join(' or ');
  const perColumn = columns.map(
    (name, index) => `count(*) filter (where ${both} and ${differs(name)})::int as c${String(index)}`,
  );
  return `select count(l.id)::int as "rowsLive", count(o.id)::int as "rowsOther",
      count(*) filter (where o.id is null)::int as missing, count(*) filter (where l.id is null)::int as surplus,
      count(*) filter (where ${both} and (${any}))::int as different, ${perColumn.join(', ')},
      (array_agg(coalesce(l.id, o.id)::text) filter (where ${any}))[1:${String(NAMED)}] as examples
    from ${live} l full join ${other} o on o.id = l.id`;
}
