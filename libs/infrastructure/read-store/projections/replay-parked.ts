import type { Connections } from '../connections.js';
import type { Sql } from '../sql.js';
import { seizeCheckpoint } from './checkpoint.js';
import { identityOf, type LedgerConsumer, type LedgerEvent } from './ledger-consumer.js';
import { reasonOf, unpark } from './parking.js';
import { toldTo } from './told-again.js';

interface ParkedEvent {
  readonly stream: string;
  readonly revision: number;
}

/** What became of the parked events of one consumer. */
export interface Replay {
  readonly consumer: string;
  readonly applied: number;
  readonly remaining: number;
  /** Why the first event of each stream that still does not go through fails. */
  readonly reasons: readonly string[];
}

/**
 * Applies what a consumer had put aside, stream by stream and in order, after the mistake was corrected. Each event is its own
 * transaction and takes the consumer away from its runner, which carries on with fresh rows afterwards. `consumer` must be an
 * instance of its own, not the one of a runner.
 */
export async function replayParked(
  consumer: LedgerConsumer,
  connections: Connections,
  read: (stream: string, revision: number) => Promise<LedgerEvent>,
): Promise<Replay> {
  const parked = await connections.use((sql) => parkedEvents(sql, identityOf(consumer)));
  const failing = new Map<string, string>();
  let applied = 0;
  for (const { stream, revision } of parked) {
    if (failing.has(stream)) continue;
    const reason = await attempt(consumer, connections, () => read(stream, revision));
    if (reason === undefined) applied += 1;
    else failing.set(stream, reason);
  }
  return {
    consumer: identityOf(consumer),
    applied,
    remaining: parked.length - applied,
    reasons: [...failing.values()],
  };
}

async function attempt(
  consumer: LedgerConsumer,
  connections: Connections,
  read: () => Promise<LedgerEvent>,
): Promise<string | undefined> {
  try {
    const event = await read();
    const { stream, revision } = event;
    const told = await toldTo(consumer, [event]);
    await connections.use((connection) =>
      connection.transaction(async (sql) => {
        await seizeCheckpoint(sql, identityOf(consumer));
        await consumer.apply(sql, told);
        await unpark(sql, identityOf(consumer), stream, revision);
      }),
    );
    return undefined;
  } catch (error) {
    return reasonOf(error);
  } finally {
    // A row may be changed by the runner between two of our transactions: nothing is carried over.
    consumer.settled('rolled-back');
  }
}

function parkedEvents(sql: Sql, consumer: string): Promise<readonly ParkedEvent[]> {
  return sql.rows<ParkedEvent>(
    'select stream, revision from parked_event where consumer = $1 order by stream, revision',
    [consumer],
  );
}
