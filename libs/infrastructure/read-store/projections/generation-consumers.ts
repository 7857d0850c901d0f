import type { AnyProjection } from '../projection.js';
import type { Sql } from '../sql.js';
import { ProjectionConsumer } from './projection-consumer.js';
import type { ChangingConsumers } from './projection-runner.js';

/**
 * One consumer for every generation whose version this release knows: what is read, what is being built and what is kept all
 * move forward. Generations of another release are left to its workers.
 */
export class GenerationConsumers implements ChangingConsumers {
  readonly categories: readonly string[];
  private consumers: ReadonlyMap<string, ProjectionConsumer> = new Map();

  constructor(private readonly projections: readonly AnyProjection[]) {
    this.categories = [...new Set(projections.flatMap(({ categories }) => categories))];
  }

  async current(sql: Sql): Promise<readonly ProjectionConsumer[]> {
    const rows = await sql.rows<{ table: string; readModel: string; version: number }>(
      'select table_name as "table", read_model as "readModel", version from read_model_generation',
    );
    this.consumers = new Map(
      rows.flatMap(({ table, readModel, version }) => {
        const projection = this.projections.find((known) => known.name === readModel && known.version === version);
        return projection ? [[table, this.consumers.get(table) ?? new ProjectionConsumer(projection, table)]] : [];
      }),
    );
    return [...this.consumers.values()];
  }
}
