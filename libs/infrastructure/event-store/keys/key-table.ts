import type { WorkspaceConnections } from '../postgres/workspace-connections.js';

/** A person's key as stored: `null` when it was destroyed on purpose. */
export interface StoredKey {
  readonly keyId: string;
  readonly wrapped: Buffer | null;
}

const SELECT_WORKSPACE = { name: 'workspace-key', text: 'select wrapped from workspace_key where workspace_id = $1' };

const INSERT_WORKSPACE = {
  name: 'workspace-key-new',
  text: 'insert into workspace_key (workspace_id, wrapped) values ($1, $2) on conflict do nothing',
};

const SELECT = {
  name: 'person-keys',
  text: 'select key_id as "keyId", wrapped from person_key where workspace_id = $1 and key_id = any($2)',
};

/** One statement for the whole batch; a key that lost a race is in neither half and found by the select that follows. */
const INSERT = {
  name: 'person-keys-new',
  text: `with made as (
           insert into person_key (workspace_id, key_id, wrapped)
           select $1, k.key_id, k.wrapped from unnest($2::text[], $3::bytea[]) as k (key_id, wrapped)
           on conflict do nothing returning key_id, wrapped
         )
         select key_id as "keyId", wrapped from made
         union all
         select key_id, wrapped from person_key where workspace_id = $1 and key_id = any($2)`,
};

const DESTROY = {
  name: 'person-key-destroy',
  text: 'update person_key set wrapped = null where workspace_id = $1 and key_id = $2 and wrapped is not null',
};

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
  async findOrInsert(workspaceId: string, fresh: readonly StoredKey[]): Promise<readonly StoredKey[]> {
    const keyIds = fresh.map(({ keyId }) => keyId);
    const rows = await this.connections.run(workspaceId, async (client) => {
      const values = [workspaceId, keyIds, fresh.map(({ wrapped }) => wrapped)];
      return (await client.query<StoredKey>({ ...INSERT, values })).rows;
    });
    return rows.length === keyIds.length ? rows : this.find(workspaceId, keyIds);
  }

  async destroy(workspaceId: string, keyId: string): Promise<void> {
    await this.connections.run(workspaceId, async (client) => {
      await client.query({ ...DESTROY, values: [workspaceId, keyId] });
    });
  }
}
