import { LRUCache } from 'lru-cache';
import type { ReadStore } from '@ledgerdesk/read-store';

const EXACT_TO_MILLISECONDS = 300_000;
const MOST_REMEMBERED = 10_000;

/** When each key was used last, exact to five minutes, so that hardly any request writes. */
export class KeyUses {
  /** Keys whose use this process has written within the last minutes. */
  readonly #written = new LRUCache<string, true>({
    max: MOST_REMEMBERED,
    ttl: EXACT_TO_MILLISECONDS,
    perf: { now: () => performance.now() },
  });

  constructor(
    private readonly store: ReadStore,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Nobody waits for it. */
  note(workspaceId: string, keyId: string): void {
    if (this.#written.has(keyId)) return;
    this.#written.set(keyId, true);
    this.#write(workspaceId, keyId).catch((error: unknown) => {
      this.#written.delete(keyId);
      this.onFailure(error);
    });
  }

  /** Other processes have written too: the row is left alone while it is new enough. */
  async #write(workspaceId: string, keyId: string): Promise<void> {
    await this.store.run(workspaceId, (sql) =>
      sql.rows(
        `insert into api_key_use as used (workspace_id, key_id) values ($1, $2)
         on conflict (workspace_id, key_id) do update set last_used_at = now()
         where used.last_used_at < now() - make_interval(secs => $3)`,
        [workspaceId, keyId, EXACT_TO_MILLISECONDS / 1_000],
      ),
    );
  }
}
