import { Pool } from 'pg';
import { BEGINNING, type Position, type StoredEvent } from '../event-store.js';
import { typedFailure } from './failures.js';

/** A stretch of the log: the events that were asked for, and how far the stretch reaches. */
export interface LogPage {
  readonly events: readonly StoredEvent[];
  /** Position of the last event looked at, matching or not; `undefined` when there is none after the given one. */
  readonly checkpoint: Position | undefined;
}

const PAGE_BYTES = 16 * 1024 * 1024;

/**
 * Other streams come back as bare positions: they cost next to nothing and let the checkpoint move without matches.
 * The running sum bounds the memory of a page whatever the size of its events; sizes are read without their content.
 */
const PAGE = {
  name: 'log-page',
  text: `select "position",
           case when wanted then stream end as stream,
           case when wanted then revision end as revision,
           case when wanted then id end as id,
           case when wanted then type end as type,
           case when wanted then data end as data,
           case when wanted then metadata end as metadata
         from (
           select e.global_position as "position", e.stream, e.revision, e.id, e.type, e.data, e.metadata,
                  starts_with(e.stream, $2) as wanted,
                  octet_length(e.data) + octet_length(e.metadata) as bytes,
                  sum(octet_length(e.data) + octet_length(e.metadata))
                    over (order by e.global_position rows unbounded preceding) as bytes_so_far
           from events e where e.global_position > $1 order by e.global_position limit $3
         ) page
         where bytes_so_far - bytes < ${String(PAGE_BYTES)}
         order by "position"`,
};

const HEAD = { name: 'log-head', text: 'select max(global_position) as "position" from events' };

interface Row extends Omit<StoredEvent, 'stream'> {
  readonly stream: string | null;
}

/** Reads the whole log, all workspaces, with connections of `ld_project`. */
export class LogReader {
  private readonly pool: Pool;

  constructor(url: string, timeout: number) {
    this.pool = new Pool({
      connectionString: url,
      max: 2,
      connectionTimeoutMillis: timeout,
      query_timeout: timeout,
      application_name: 'ledgerdesk-log',
    });
    this.pool.on('error', () => undefined);
  }

  async page(after: Position, prefix: string, limit: number): Promise<LogPage> {
    const rows = await this.rows<Row>({ ...PAGE, values: [after === BEGINNING ? '0' : after, prefix, limit] });
    const events = rows.filter((row): row is StoredEvent => row.stream !== null);
    return { events, checkpoint: rows.at(-1)?.position };
  }

  async head(): Promise<Position> {
    const rows = await this.rows<{ position: Position | null }>(HEAD);
    return rows.at(0)?.position ?? BEGINNING;
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async rows<Row extends object>(query: { name: string; text: string; values?: unknown[] }): Promise<Row[]> {
    try {
      return (await this.pool.query<Row>(query)).rows;
    } catch (error) {
      throw typedFailure(error);
    }
  }
}
