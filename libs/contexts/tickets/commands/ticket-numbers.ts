import type { EventStore } from '@ledgerdesk/event-store';
import { streamName } from '@ledgerdesk/event-store';
import { QUICK_COMMIT, type ReadStore } from '@ledgerdesk/read-store';

interface Waiting {
  readonly give: (number: number) => void;
  readonly fail: (reason: unknown) => void;
}

interface Counter {
  readonly waiting: Waiting[];
  busy: boolean;
  /** Whether this process has compared the counter with the ledger. */
  compared: boolean;
}

const PAGE = 4_000;

/**
 * Does not wait for the disk when the ledger is in the same database: when a ticket is on disk, so is the counter that gave its
 * number; and a number that was lost together with its ticket may be given again.
 */
const ADVANCE = `
  with ${QUICK_COMMIT}
  insert into ticket_counter as counter (workspace_id, last_number) select $1::uuid, $2::bigint from quick
  on conflict (workspace_id) do update set last_number = counter.last_number + excluded.last_number
  returning last_number as last`;

/**
 * Hands out the numbers of tickets (`#1042`), one after the other per workspace: everybody who asks while an update of the counter
 * is on its way shares the next one. A number may be lost with its request; none is ever given twice, not even after the counter
 * was restored from a backup older than the ledger, because the ledger is looked through before the first number.
 */
export class TicketNumbers {
  readonly #counters = new Map<string, Counter>();

  constructor(
    private readonly store: ReadStore,
    private readonly ledger: EventStore,
  ) {}

  /** The next free number of the workspace. */
  async next(workspaceId: string): Promise<number> {
    const counter = this.#counters.get(workspaceId) ?? { waiting: [], busy: false, compared: false };
    this.#counters.set(workspaceId, counter);
    return new Promise<number>((give, fail) => {
      counter.waiting.push({ give, fail });
      if (!counter.busy) void this.#serve(workspaceId, counter);
    });
  }

  /** Takes `count` numbers at once and answers the first of them: for imports. */
  async reserve(workspaceId: string, count: number): Promise<number> {
    await this.#compare(workspaceId);
    return (await this.#advance(workspaceId, count)) - count + 1;
  }

  async #serve(workspaceId: string, counter: Counter): Promise<void> {
    counter.busy = true;
    while (counter.waiting.length > 0) {
      const batch = counter.waiting.splice(0);
      try {
        if (!counter.compared) await this.#compare(workspaceId);
        counter.compared = true;
        const last = await this.#advance(workspaceId, batch.length);
        batch.forEach(({ give }, index) => {
          give(last - batch.length + 1 + index);
        });
      } catch (error) {
        // Whatever happened to the database, the ledger is asked again before the next number.
        counter.compared = false;
        for (const { fail } of batch) fail(error);
      }
    }
    counter.busy = false;
  }

  async #advance(workspaceId: string, count: number): Promise<number> {
    const rows = await this.store.run(workspaceId, (sql) => sql.rows<{ last: string }>(ADVANCE, [workspaceId, count]));
    const row = rows.at(0);
    if (!row) throw new Error('The ticket counter gave no number.');
    return Number(row.last);
  }

  /** Raises the counter to the highest number in the part of the ledger that was not looked through before. */
  async #compare(workspaceId: string): Promise<void> {
    const rows = await this.store.run(workspaceId, (sql) =>
      sql.rows<{ scannedTo: string }>(`select scanned_to as "scannedTo" from ticket_counter where workspace_id = $1`, [
        workspaceId,
      ]),
    );
    const { highest, position } = await this.#highestAfter(workspaceId, rows.at(0)?.scannedTo ?? '');
    await this.store.run(workspaceId, (sql) =>
      sql.rows(
        `insert into ticket_counter as counter (workspace_id, last_number, scanned_to) values ($1, $2, $3)
         on conflict (workspace_id) do update
         set last_number = greatest(counter.last_number, excluded.last_number), scanned_to = excluded.scanned_to`,
        [workspaceId, highest, position],
      ),
    );
  }

  async #highestAfter(workspaceId: string, from: string): Promise<{ highest: number; position: string }> {
    const prefix = streamName('ticket', workspaceId, '');
    let highest = 0;
    let position = from;
    for (;;) {
      const page = await this.ledger.readAll({ after: position, prefix, max: PAGE });
      for (const event of page) {
        if (event.revision === 0) highest = Math.max(highest, numberOf(event.data));
      }
      position = page.at(-1)?.position ?? position;
      if (page.length < PAGE) return { highest, position };
    }
  }
}

function numberOf(data: string): number {
  const { number } = JSON.parse(data) as { number?: unknown };
  return typeof number === 'number' ? number : 0;
}
