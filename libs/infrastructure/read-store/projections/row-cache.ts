import { LRUCache } from 'lru-cache';
import type { ProjectionRow } from '../projection.js';

/** Rows kept per projection; its only writer may trust what it wrote last. */
const MOST_ROWS = 1_000;

/** A row that is known to be absent is remembered too. */
interface Known {
  readonly row: ProjectionRow | undefined;
}

/** The rows a projection touched lately, as they stand in Postgres. */
export class RowCache {
  private readonly known = new LRUCache<string, Known>({ max: MOST_ROWS });

  get(id: string): Known | undefined {
    return this.known.get(id);
  }

  put(id: string, row: ProjectionRow | undefined): void {
    this.known.set(id, { row });
  }

  forget(): void {
    this.known.clear();
  }
}
