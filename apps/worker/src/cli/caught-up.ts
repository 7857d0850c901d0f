import { setTimeout as delay } from 'node:timers/promises';
import type { AnyProjection } from '@ledgerdesk/read-store';
import type { Installation } from './installation.js';

const ASK_EVERY_MS = 100;

/** Waits until the read models have seen every event that is in the ledger now. */
export async function caughtUp(
  { connections, store }: Pick<Installation, 'connections' | 'store'>,
  projections: readonly AnyProjection[],
): Promise<void> {
  const names = projections.map(({ name }) => name);
  const head = await store.head();
  for (;;) {
    const rows = await connections.use((sql) =>
      sql.rows<{ position: string }>('select position from ledger_checkpoint where name = any($1)', [names]),
    );
    if (rows.length === names.length && rows.every(({ position }) => store.compare(position, head) >= 0)) return;
    await delay(ASK_EVERY_MS);
  }
}
