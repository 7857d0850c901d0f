import { type Generation, generations, REFUSALS } from '@ledgerdesk/read-store';
import type { EventStore, Position } from '@ledgerdesk/event-store';
import { Command } from 'commander';
import { type Installation, withInstallation } from './installation.js';

/** Named at most; the table counts all of them. */
const MOST_PARKED = 50;

interface Follower {
  readonly name: string;
  readonly generation: string | null;
  readonly version: number;
  readonly position: Position;
  readonly parkedStreams: number;
  readonly running: boolean;
  readonly quietSeconds: number;
}

interface Parked {
  readonly consumer: string;
  readonly stream: string;
  readonly events: number;
  readonly reason: string;
}

export const projectionsCommand = new Command('projections')
  .description('lists read models and reactions: version, generations, lag in events and seconds, streams put aside')
  .action(async () => {
    await withInstallation(async (installation) => {
      const { connections, store } = installation;
      const head = await store.head();
      const known = await connections.use(generations);
      console.table((await followers(installation)).map((follower) => line(follower, known, store, head)));
      for (const { table, refusal } of known) if (refusal !== null) console.log(`${table}: ${REFUSALS[refusal]}`);
      for (const { consumer, stream, events, reason } of await parkedStreams(installation))
        console.log(`${consumer}: ${stream} is put aside with ${String(events)} events (${reason}).`);
    });
  });

function followers({ connections }: Installation): Promise<readonly Follower[]> {
  return connections.use((sql) =>
    sql.rows<Follower>(
      `select name, generation, version, position, parked_streams as "parkedStreams", lease_until > now() as running,
         extract(epoch from now() - moved_at)::int as "quietSeconds"
       from ledger_checkpoint order by name`,
    ),
  );
}

function line(
  { name, generation, version, position, parkedStreams, running, quietSeconds }: Follower,
  known: readonly Generation[],
  store: EventStore,
  head: Position,
): Record<string, string | number> {
  const isBehind = store.compare(position, head) < 0;
  return {
    name,
    version,
    table: generation ?? '',
    state: stateText(
      known.find(({ table }) => table === generation),
      store,
      head,
    ),
    worker: running ? 'running' : 'none',
    'events behind': isBehind ? (store.distance?.(position, head) ?? 'some') : 0,
    'seconds behind': isBehind ? quietSeconds : 0,
    'parked streams': parkedStreams,
  };
}

function stateText(generation: Generation | undefined, store: EventStore, head: Position): string {
  if (generation === undefined) return '';
  const { state, builtAt, position, wish } = generation;
  if (state !== 'building') return state;
  if (builtAt !== null) return wish === null ? 'built' : 'built, switching';
  const [done, all] = [store.distance?.('', position), store.distance?.('', head)];
  return done === undefined || all === undefined
    ? 'building'
    : `building ${String(Math.floor((100 * done) / Math.max(all, 1)))} %`;
}

function parkedStreams({ connections }: Installation): Promise<readonly Parked[]> {
  return connections.use((sql) =>
    sql.rows<Parked>(
      `select consumer, stream, count(*)::int as events, (array_agg(reason order by revision))[1] as reason
       from parked_event group by consumer, stream order by min(parked_at) limit ${String(MOST_PARKED)}`,
    ),
  );
}
