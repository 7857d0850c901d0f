import type { WorkspaceConnections } from '../postgres/workspace-connections.js';

/** A person's key as stored: `null` when it was destroyed on purpose, or never came along when the workspace was moved here. */
export interface StoredKey {
  readonly keyId: string;
  readonly wrapped: Buffer | null;
  /** The key exists, but elsewhere. */
  readonly withheld: boolean;
}

/** A key that was made here a moment ago. */
export interface FreshKey {
  readonly keyId: string;
  readonly wrapped: Buffer;
}

const SELECT_WORKSPACE = { name: 'workspace-key', text: 'select wrapped from workspace_key where workspace_id = $1' };

const INSERT_WORKSPACE = {
  name: 'workspace-key-new',
  text: 'insert into workspace_key (workspace_id, wrapped) values ($1, $2) on conflict do nothing',
};

const SELECT = {
  name: 'person-keys',
  text: 'select key_id as "keyId", wrapped, withheld from person_key where workspace_id = $1 and key_id = any($2)',
};

/** One statement for the whole batch; a key that lost a race is in neither half and found by the select that follows. */
const INSERT = {
  name: 'person-keys-new',
  text: `with made as (
           insert into person_key (workspace_id, key_id, wrapped)
           select $1, k.key_id, k.wrapped from unnest($2::text[], $3::bytea[]) as k (key_id, wrapped)
           on conflict do nothing returning key_id, wrapped, withheld
         )
         select key_id as "keyId", wrapped, withheld from made
         union all
         select key_id, wrapped, withheld from person_key where workspace_id = $1 and key_id = any($2)`,
};

/** Key and receipt in one statement. A key that was never made, or was not restored, is destroyed too: it will not come back. */
const DESTROY = {
  name: 'person-key-destroy',
  text: `with destroyed as (
           insert into person_key (workspace_id, key_id, wrapped) values ($1, $2, null)
           on conflict (workspace_id, key_id) do update set wrapped = null, withheld = false
         )
         insert into erasure_receipt (workspace_id, key_id, person, requested_event, requested_at, destroyed_at)
         values ($1, $2, $3, $4, $5, coalesce($6, now())) on conflict do nothing`,
};

const PAGE = {
  name: 'person-keys-page',
  text: `select key_id as "keyId", wrapped, withheld from person_key
         where workspace_id = $1 and key_id > $2 order by key_id limit $3`,
};

/** What is here stays, except that a withheld key may come after all; a destroyed one never comes back. */
const TAKE = {
  name: 'person-keys-take',
  text: `insert into person_key (workspace_id, key_id, wrapped, withheld)
         select $1, k.key_id, k.wrapped, k.withheld
         from unnest($2::text[], $3::bytea[], $4::boolean[]) as k (key_id, wrapped, withheld)
         on conflict (workspace_id, key_id) do update set wrapped = excluded.wrapped, withheld = false
         where person_key.withheld and not excluded.withheld`,
};

const DESTROYED = {
  name: 'person-keys-destroyed',
  text: `select key_id as "keyId" from person_key where workspace_id = $1 and key_id = any($2)
         and wrapped is null and not withheld`,
};

/** Why and for whom a key is destroyed. Holds no text about anybody: it outlives the person's data. */
export interface Destruction {
  readonly keyId: string;
  /** `customer:<id>` or `member:<id>` */
  readonly person: string;
  /** Id and instant (RFC 3339 UTC) of the event that asked for it. */
  readonly requestedEvent: string;
  readonly requestedAt: string;
  /** When it was destroyed the first time; now, unless a receipt is replayed. */
  readonly destroyedAt?: string;
}

/** The two key tables, always inside one workspace. */
export class KeyTable {
  constructor(private readonly connections: WorkspaceConnections) {}

  async workspaceKey(workspaceId: string, fresh: Buffer): Promise<Buffer> {
    return this.connections.run(workspaceId, async (client) => {
      const found = await client.query<{ wrapped: Buffer }>({ ...SELECT_WORKSPACE, values: [workspaceId] });
      if (found.rows[0]) return found.rows[0].wrapped;
      await client.query({ ...INSERT_WORKSPACE, values: [workspaceId, fresh] });
      const made = await client.query<{ wrapped: Buffer }>({ ...SELECT_WORKSPACE, values: [workspaceId] });
      return made.rows[0]?.wrapped ?? fresh;
    });
  }

  async find(workspaceId: string, keyIds: readonly string[]): Promise<readonly StoredKey[]> {
    return this.connections.run(workspaceId, async (client) => {
      const { rows } = await client.query<StoredKey>({ ...SELECT, values: [workspaceId, [...keyIds]] });
      return rows;
    });
  }

  /** Stores each key unless there is one already; answers with what is stored afterwards. */
  async findOrInsert(workspaceId: string, fresh: readonly FreshKey[]): Promise<readonly StoredKey[]> {
    const keyIds = fresh.map(({ keyId }) => keyId);
    const rows = await this.connections.run(workspaceId, async (client) => {
      const values = [workspaceId, keyIds, fresh.map(({ wrapped }) => wrapped)];
      return (await client.query<StoredKey>({ ...INSERT, values })).rows;
    });
    return rows.length === keyIds.length ? rows : this.find(workspaceId, keyIds);
  }

  /** Keys of the workspace in the order of their ids, those after the given one. */
  async page(workspaceId: string, after: string, max: number): Promise<readonly StoredKey[]> {
    return this.connections.run(workspaceId, async (client) => {
      return (await client.query<StoredKey>({ ...PAGE, values: [workspaceId, after, max] })).rows;
    });
  }

  /** Stores keys that came from elsewhere; those that are here already stay. */
  async take(workspaceId: string, keys: readonly StoredKey[]): Promise<void> {
    await this.connections.run(workspaceId, async (client) => {
      const columns = [
        keys.map(({ keyId }) => keyId),
        keys.map(({ wrapped }) => wrapped),
        keys.map(({ withheld }) => withheld),
      ];
      await client.query({ ...TAKE, values: [workspaceId, ...columns] });
    });
  }

  /** Which of these keys were destroyed. */
  async destroyed(workspaceId: string, keyIds: readonly string[]): Promise<readonly string[]> {
    return this.connections.run(workspaceId, async (client) => {
      const { rows } = await client.query<{ keyId: string }>({ ...DESTROYED, values: [workspaceId, [...keyIds]] });
      return rows.map(({ keyId }) => keyId);
    });
  }

  async destroy(workspaceId: string, destruction: Destruction): Promise<void> {
    const { keyId, person, requestedEvent, requestedAt, destroyedAt = null } = destruction;
    await this.connections.run(workspaceId, async (client) => {
      const values = [workspaceId, keyId, person, requestedEvent, requestedAt, destroyedAt];
      await client.query({ ...DESTROY, values });
    });
  }
}
