import type { Recorded } from '@ledgerdesk/kernel';
import type { AnyProjection, ProjectionRow } from '../projection.js';
import type { Sql } from '../sql.js';
import type { LedgerConsumer } from './ledger-consumer.js';
import { projectionTable, type ProjectionTable } from './projection-table.js';
import { RowCache } from './row-cache.js';

interface Touch {
  readonly event: Recorded;
  readonly key: string;
}

/** An event asked for a row of another workspace: never applied, whoever wrote it. */
export class ForeignRow extends Error {
  constructor(table: string) {
    super(`An event of one workspace named a row of another one in ${table}.`);
    this.name = 'ForeignRow';
  }
}

/** Folds pages of events into the rows of one generation of a read model. */
export class ProjectionConsumer implements LedgerConsumer {
  readonly name: string;
  readonly generation: string;
  readonly version: number;
  readonly categories: readonly string[];
  readonly keepsTexts = true;
  private readonly table: ProjectionTable;
  private readonly cache = new RowCache();
  private pending = new Map<string, ProjectionRow | undefined>();

  /** @param generation the table to fill, by default that of the first generation of its version */
  constructor(
    private readonly projection: AnyProjection,
    generation?: string,
  ) {
    this.name = projection.name;
    this.version = projection.version;
    this.categories = projection.categories;
    this.table = projectionTable(projection, generation);
    this.generation = this.table.table;
  }

  async apply(sql: Sql, events: readonly Recorded[]): Promise<void> {
    const touches = events.flatMap((event) => this.projection.keysOf(event).map((key) => ({ event, key })));
    if (touches.length === 0) return;
    const before = await this.rowsBefore(sql, touches);
    const rows = new Map(before);
    for (const { event, key } of touches) rows.set(key, this.rowAfter(rows.get(key), event, key));
    this.pending = new Map([...rows].filter(([key, row]) => row !== before.get(key)));
    await this.write(sql, this.pending, before);
  }

  settled(outcome: 'committed' | 'rolled-back'): void {
    if (outcome === 'rolled-back') this.cache.forget();
    else for (const [key, row] of this.pending) this.cache.put(key, row);
    this.pending = new Map();
  }

  private rowAfter(row: ProjectionRow | undefined, event: Recorded, key: string): ProjectionRow | undefined {
    const { workspaceId } = event.metadata;
    if (row && row.workspaceId !== workspaceId) throw new ForeignRow(this.table.table);
    const after = this.projection.apply(row, event, key);
    return after && after.workspaceId !== workspaceId ? { ...after, workspaceId } : after;
  }

  private async rowsBefore(sql: Sql, touches: readonly Touch[]): Promise<Map<string, ProjectionRow | undefined>> {
    const rows = new Map<string, ProjectionRow | undefined>();
    const unknown: string[] = [];
    for (const key of new Set(touches.map((touch) => touch.key))) {
      const known = this.cache.get(key);
      if (!known) unknown.push(key);
      rows.set(key, known?.row);
    }
    if (unknown.length === 0) return rows;
    for (const row of await sql.rows<ProjectionRow>(this.table.load, [unknown])) rows.set(row.id, row);
    return rows;
  }

  private async write(
    sql: Sql,
    changed: ReadonlyMap<string, ProjectionRow | undefined>,
    before: ReadonlyMap<string, ProjectionRow | undefined>,
  ): Promise<void> {
    const kept = [...changed.values()].filter((row) => row !== undefined);
    const removed = [...changed].filter(([key, row]) => row === undefined && before.get(key)).map(([key]) => key);
    if (kept.length > 0) {
      const [outcome] = await sql.rows<{ written: number }>(this.table.upsert, [jsonOf(kept, this.table.hasBigint)]);
      if ((outcome?.written ?? 0) < kept.length) throw new ForeignRow(this.table.table);
    }
    if (removed.length > 0) await sql.rows(this.table.remove, [removed]);
  }
}

/** JSON has no bigint; Postgres reads one from a string. Only then, because a replacer makes the whole text slow. */
function jsonOf(rows: readonly ProjectionRow[], hasBigint: boolean): string {
  if (!hasBigint) return JSON.stringify(rows);
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}
