import { BEGINNING, type EventStore, parseStreamName, type Position, type StoredEvent } from '@ledgerdesk/event-store';
import type { Connections } from '@ledgerdesk/read-store';
import { jsonOf, pathSteps } from '../format/texts.js';
import type { LedgerItem, LedgerItems, SealItem } from './items.js';

/** Events read at a time. */
const PAGE = 2_000;

interface Source {
  readonly store: EventStore;
  /** Connections of the role `ld_project`. */
  readonly connections: Connections;
}

/** A seal and how many events it and those before it hold. */
interface PlacedSeal {
  readonly end: number;
  readonly seal: SealItem;
}

/** The ledger of an installation as it is now, of all workspaces or of one, with the seals that are about it. */
export async function storedLedger(source: Source, workspace?: string): Promise<LedgerItems> {
  // The newest seal first: what it holds is then certainly before the head.
  const newest = await newestNumber(source);
  const head = await source.store.head();
  const seals = workspace === undefined ? allSeals : sealsOf(workspace);
  return () => items(events(source.store, head, workspace), seals(source, newest));
}

/** Puts each seal behind the events that it holds, by their number: where an event is missing, the next one stands in. */
async function* items(
  pages: AsyncIterable<readonly StoredEvent[]>,
  seals: AsyncGenerator<PlacedSeal, undefined>,
): AsyncGenerator<LedgerItem> {
  let next = await nextOf(seals);
  let count = 0;
  for await (const page of pages) {
    let rest = page;
    while (next && count + rest.length >= next.end) {
      const held = Math.max(next.end - count, 0);
      if (held > 0) yield { kind: 'events', events: rest.slice(0, held) };
      yield { kind: 'seal', seal: next.seal };
      rest = rest.slice(held);
      count += held;
      next = await nextOf(seals);
    }
    if (rest.length > 0) yield { kind: 'events', events: rest };
    count += rest.length;
  }
  for (; next; next = await nextOf(seals)) yield { kind: 'seal', seal: next.seal };
}

async function nextOf(seals: AsyncGenerator<PlacedSeal, undefined>): Promise<PlacedSeal | undefined> {
  return (await seals.next()).value;
}

/** Pages up to the head; the next one is on its way while one is looked at. */
async function* events(store: EventStore, head: Position, workspace?: string): AsyncGenerator<readonly StoredEvent[]> {
  if (head === BEGINNING) return;
  let page = store.readAll({ after: BEGINNING, max: PAGE });
  for (;;) {
    const all = await page;
    const last = all.at(-1);
    if (!last) return;
    const isLast = store.compare(last.position, head) >= 0;
    if (!isLast) {
      page = store.readAll({ after: last.position, max: PAGE });
      // Its failure is met when the page is asked for, or never, when nobody reads on.
      page.catch(() => undefined);
    }
    const upToHead = isLast ? all.filter(({ position }) => store.compare(position, head) <= 0) : all;
    yield workspace === undefined ? upToHead : upToHead.filter(({ stream }) => isOf(stream, workspace));
    if (isLast) return;
  }
}

/** A stream whose name was changed belongs to nobody; that its workspace misses it is what the seals and chains say. */
function isOf(stream: string, workspace: string): boolean {
  try {
    return parseStreamName(stream).workspaceId === workspace;
  } catch {
    return false;
  }
}

async function newestNumber({ connections }: Source): Promise<number> {
  const [row] = await connections.use((sql) =>
    sql.rows<{ number: string }>('select coalesce(max(number), 0) as number from seal'),
  );
  return Number(row?.number ?? 0);
}

interface SealRow {
  readonly number: string;
  readonly record: string;
  readonly signature: string;
}

interface ShareRow {
  readonly share: string;
  readonly leaves: string;
  readonly path: string;
  readonly end: string;
}

/** Every seal with all its shares, one at a time. */
async function* allSeals({ connections }: Source, newest: number): AsyncGenerator<PlacedSeal, undefined> {
  let end = 0;
  for (let number = 0; number < newest;) {
    const after = number;
    const [seal, shares] = await connections.use(async (sql) => {
      const [row] = await sql.rows<SealRow>(
        'select number, record, signature from seal where number > $1 order by number limit 1',
        [after],
      );
      const held = await sql.rows<ShareRow>(
        'select record as share, leaves, path, 0 as "end" from seal_share where number = $1',
        [row?.number ?? 0],
      );
      return [row, held];
    });
    if (!seal) return undefined;
    number = Number(seal.number);
    const read = shares.map(({ share, leaves }) => ({ record: share, leaves: leaves.split('\n') }));
    end += read.reduce((sum, { leaves }) => sum + leaves.length, 0);
    yield { end, seal: { record: seal.record, signature: seal.signature, shares: read } };
  }
  return undefined;
}

/** The seals of this installation and of those before it that hold a share of one workspace. */
function sealsOf(workspace: string): typeof allSeals {
  return async function* all(source, newest) {
    const ledgers = await source.connections.use((sql) =>
      sql.rows<{ ledger: string }>('select distinct ledger from foreign_seal where workspace_id = $1', [workspace]),
    );
    const own = sharesOf(source, OWN_SHARE, workspace, newest);
    return yield* merged([own, ...ledgers.map(({ ledger }) => sharesOf(source, FOREIGN_SHARE, workspace, ledger))]);
  };
}

const OWN_SHARE = `select s.number, s.record as share, s.leaves, s.path, s.events_before + s.events as "end", seal.record, seal.signature
  from seal_share s join seal using (number)
  where s.workspace_id = $1 and s.number > $2 and s.number <= $3 order by s.number limit 1`;

const FOREIGN_SHARE = `select number, share, leaves, path, events_before + events as "end", record, signature
  from foreign_seal where workspace_id = $1 and number > $2 and ledger = $3 order by number limit 1`;

async function* sharesOf(
  { connections }: Source,
  statement: string,
  workspace: string,
  bound: number | string,
): AsyncGenerator<PlacedSeal, undefined> {
  for (let number = 0; ;) {
    const after = number;
    const [row] = await connections.use((sql) => sql.rows<SealRow & ShareRow>(statement, [workspace, after, bound]));
    if (!row) return undefined;
    number = Number(row.number);
    const { record, signature, share, leaves } = row;
    const path = pathSteps.safeParse(jsonOf(row.path)).data ?? [];
    yield {
      end: Number(row.end),
      seal: { record, signature, shares: [{ record: share, leaves: leaves.split('\n') }], path },
    };
  }
}

/** Several orderly lists as one. */
async function* merged(lists: readonly AsyncGenerator<PlacedSeal, undefined>[]): AsyncGenerator<PlacedSeal, undefined> {
  const heads = await Promise.all(lists.map(async (list) => ({ list, seal: await nextOf(list) })));
  for (;;) {
    const first = heads
      .filter(({ seal }) => seal)
      .sort((a, b) => (a.seal?.end ?? 0) - (b.seal?.end ?? 0))
      .at(0);
    if (!first?.seal) return undefined;
    yield first.seal;
    first.seal = await nextOf(first.list);
  }
}
