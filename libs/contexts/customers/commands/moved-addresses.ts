import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ReadStore } from '@ledgerdesk/read-store';

/** An id that this installation makes of an address, and the one under which the address is reserved. */
export interface MovedAddress {
  readonly addressId: string;
  readonly heldAs: string;
}

/** How long a workspace counts as one that was never moved, in milliseconds. Its keys may come after it. */
const REMEMBERED = 60_000;

/** Ids of addresses that were reserved in another installation, from which the workspace was moved here. */
@Injectable()
export class MovedAddresses {
  readonly #moved = new LRUCache<string, boolean>({ max: 10_000, ttl: REMEMBERED });

  constructor(@Inject(ReadStore) private readonly store: ReadStore) {}

  /** The id under which an address is or would be reserved. */
  async heldAs(workspaceId: string, addressId: string): Promise<string> {
    if (!(await this.#wasMoved(workspaceId))) return addressId;
    const [row] = await this.store.run(workspaceId, (sql) =>
      sql.rows<{ heldAs: string }>(
        'select held_as as "heldAs" from moved_address where workspace_id = $1 and address_id = $2',
        [workspaceId, addressId],
      ),
    );
    return row?.heldAs ?? addressId;
  }

  /** Remembers them; known ones stay. */
  async add(workspaceId: string, addresses: readonly MovedAddress[]): Promise<void> {
    if (addresses.length === 0) return;
    await this.store.run(workspaceId, (sql) =>
      sql.rows(
        `insert into moved_address (workspace_id, address_id, held_as)
         select $1, address_id, held_as from unnest($2::uuid[], $3::uuid[]) as a (address_id, held_as)
         on conflict do nothing`,
        [workspaceId, addresses.map(({ addressId }) => addressId), addresses.map(({ heldAs }) => heldAs)],
      ),
    );
    this.#moved.set(workspaceId, true);
  }

  async #wasMoved(workspaceId: string): Promise<boolean> {
    const known = this.#moved.get(workspaceId);
    if (known !== undefined) return known;
    const rows = await this.store.run(workspaceId, (sql) =>
      sql.rows('select from moved_address where workspace_id = $1 limit 1', [workspaceId]),
    );
    this.#moved.set(workspaceId, rows.length > 0);
    return rows.length > 0;
  }
}
