import { EventStoreDBClient, FORWARDS, START } from '@eventstore/db-client';

/** Events that were written by the desk; others belong to the server. */
const OURS = /^[a-z][a-z-]*-([0-9a-f]{32})_/;
/** Stands before the metadata in EventStoreDB, so that clients leave its bytes alone. */
const MARK = '\ufeff';

/**
 * An event as it is stored, wherever that is. `order` is a number as text: positions of one ledger are compared by it.
 * @typedef {{ position: string, order: string, stream: string, revision: number, id: string, workspace: string, type: string,
 *   data: string, metadata: string }} Stored
 * @typedef {{ read: (after: Stored | undefined) => Promise<{ events: Stored[], total: number }>, orderOf: (position: string) => bigint }} Log
 *   `read` gives what comes after an event, or everything, and how many events there are in all
 */

/** @returns {Log} the ledger in Postgres, over a connection that sees every workspace */
export function postgresLog(withClient) {
  return {
    orderOf: (position) => BigInt(position || 0),
    read: (after) =>
      withClient(async (client) => {
        const { rows: events } = await client.query(
          `select global_position as position, global_position as order, stream, revision, id, workspace_id as workspace, type, data, metadata
           from events where global_position > $1 order by global_position`,
          [after?.order ?? '0'],
        );
        const { rows } = await client.query('select count(*)::int as total from events');
        return { events, total: rows[0].total };
      }),
  };
}

/** @returns {Log} the ledger in EventStoreDB, read with its own client and nothing of ours */
export function eventStoreLog(url) {
  const client = EventStoreDBClient.connectionString(url);
  let total = 0;
  return {
    orderOf: (position) => BigInt(position.split('/')[0] || 0),
    async read(after) {
      const events = [];
      for await (const { event } of client.readAll({ direction: FORWARDS, fromPosition: placeOf(after) })) {
        const stored = event && storedOf(event);
        if (stored && stored.order !== after?.order) events.push(stored);
      }
      total += events.length;
      return { events, total };
    },
  };
}

/** Reading begins with the event at the place itself. */
function placeOf(after) {
  if (after === undefined) return START;
  const [commit, prepare] = after.position.split('/').map(BigInt);
  return { commit, prepare };
}

function storedOf({ id, type, streamId, revision, position, data, metadata }) {
  const workspace = OURS.exec(streamId)?.[1];
  if (workspace === undefined) return undefined;
  return {
    id,
    type,
    workspace,
    stream: streamId,
    revision: Number(revision),
    position: `${position.commit}/${position.prepare}`,
    order: String(position.commit),
    data: Buffer.from(data).toString('utf8'),
    metadata: Buffer.from(metadata).toString('utf8').replace(MARK, ''),
  };
}
