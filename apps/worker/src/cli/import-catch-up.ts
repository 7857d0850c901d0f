import { setTimeout as delay } from 'node:timers/promises';
import type { AnyProjection } from '@ledgerdesk/read-store';
import type { Installation } from './installation.js';

const ASK_EVERY_MS = 100;
/** A worker that starts or is very busy shows up later than this rarely. */
const PATIENCE_MS = 15_000;

interface Follower {
  readonly position: string;
  readonly running: boolean;
}

/** Waits until the read models show what is in the ledger now; answers with false when no worker is there to do it. */
export async function readModelsFollow(
  { connections, store }: Pick<Installation, 'connections' | 'store'>,
  projections: readonly AnyProjection[],
): Promise<boolean> {
  const names = projections.map(({ name }) => name);
  const head = await store.head();
  let seen = performance.now();
  for (;;) {
    const followers = await connections.use((sql) =>
      sql.rows<Follower>(
        'select position, lease_until > now() as running from ledger_checkpoint where name = any($1)',
        [names],
      ),
    );
    const behind = followers.filter(({ position }) => store.compare(position, head) < 0);
    if (followers.length === names.length && behind.length === 0) return true;
    if (behind.some(({ running }) => running)) seen = performance.now();
    if (performance.now() - seen > PATIENCE_MS) return false;
    await delay(ASK_EVERY_MS);
  }
}
