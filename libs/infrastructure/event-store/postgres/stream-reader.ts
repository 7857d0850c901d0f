import { StreamNotFound } from '../errors.js';
import type { ReadOptions, StoredEvent } from '../event-store.js';
import { parseStreamName } from '../stream-name.js';
import { Coalescer } from '../keys/coalescer.js';
import type { WorkspaceConnections } from './workspace-connections.js';

const COLUMNS = 'global_position as "position", stream, revision, id, type, data, metadata';

const FORWARDS = {
  name: 'stream-forwards',
  text: `select ${COLUMNS} from events where stream = $1 and revision >= $2 order by revision limit $3`,
};

const BACKWARDS = {
  name: 'stream-backwards',
  text: `select ${COLUMNS} from events where stream = $1 and revision <= $2 order by revision desc limit $3`,
};

/**
 * The lateral limit keeps one long stream from filling the memory for all who read beside it. The revision, which excludes nothing,
 * keeps a planner that has no statistics yet from combining the index of streams with that of workspaces: on a fresh installation
 * each read would then walk through all events of its workspace.
 */
const WHOLE = {
  name: 'streams-whole',
  text: `select event.* from unnest($1::text[]) as wanted (name)
         cross join lateral (select ${COLUMNS} from events where stream = wanted.name and revision >= 0 order by revision limit $2) as event`,
};

const EXISTS = { name: 'stream-exists', text: 'select 1 from events where stream = $1 and revision = 0' };

const LAST_REVISION = 2_147_483_647;
/** What one read returns at most, also when more is asked for. */
export const MAX_READ = 4_096;

/**
 * Reads single streams, each under the row level security of its own workspace. Reads of whole streams that come while another is
 * on its way share the next statement: every command begins with one.
 */
export class StreamReader {
  private readonly whole = new Coalescer<readonly StoredEvent[]>((workspaceId, streams) =>
    this.readWhole(workspaceId, streams),
  );

  constructor(private readonly connections: WorkspaceConnections) {}

  /** @throws StreamNotFound */
  async read(
    stream: string,
    { from, direction = 'forwards', max = MAX_READ }: ReadOptions,
  ): Promise<readonly StoredEvent[]> {
    const { workspaceId } = parseStreamName(stream);
    const limit = Math.min(Math.max(max, 1), MAX_READ);
    if (direction === 'forwards' && (from ?? 0) === 0 && limit === MAX_READ) {
      const events = (await this.whole.get(workspaceId, [stream])).get(stream);
      if (!events) throw new StreamNotFound(stream);
      return events;
    }
    return this.connections.run(workspaceId, async (client) => {
      const query =
        direction === 'forwards'
          ? { ...FORWARDS, values: [stream, from ?? 0, limit] }
          : { ...BACKWARDS, values: [stream, from ?? LAST_REVISION, limit] };
      const { rows } = await client.query<StoredEvent>(query);
      if (rows.length > 0) return rows;
      // Nothing from the start means no stream at all; nothing further on may be just past the end.
      const known =
        from === undefined || from === 0 ? { rowCount: 0 } : await client.query({ ...EXISTS, values: [stream] });
      if (known.rowCount === 0) throw new StreamNotFound(stream);
      return rows;
    });
  }

  private async readWhole(
    workspaceId: string,
    streams: readonly string[],
  ): Promise<ReadonlyMap<string, readonly StoredEvent[]>> {
    const { rows } = await this.connections.run(workspaceId, (client) =>
      client.query<StoredEvent>({ ...WHOLE, values: [streams, MAX_READ] }),
    );
    return Map.groupBy(rows, ({ stream }) => stream);
  }
}
