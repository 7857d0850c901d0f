import { newId } from '@ledgerdesk/kernel';
import type { Seal } from '@ledgerdesk/http';
import type { ReadStore } from '@ledgerdesk/read-store';

/** Minutes for which a secret that no event names may be one that is about to be named. */
const SETTLED_MINUTES = 10;

/**
 * The client secrets of workspaces, sealed under a derived key. Events name them by id: a secret is stored before its event, and what no
 * event came to name is cleared away with the next one.
 */
export class ProviderSecrets {
  constructor(
    private readonly store: ReadStore,
    private readonly seal: Seal,
  ) {}

  /** The id of a stored secret; that of the present one when it is the same. */
  async keep(
    workspace: { readonly id: string; readonly slug: string },
    secret: string,
    present?: string,
  ): Promise<string> {
    if (present !== undefined && (await this.read(workspace.id, present)) === secret) return present;
    const id = newId();
    const sealed = this.seal.seal(`${workspace.id}/${id}`, Buffer.from(secret));
    await this.store.global((sql) =>
      sql.rows('insert into sign_in_provider_secret (id, workspace_id, slug, sealed) values ($1, $2, $3, $4)', [
        ...[id, workspace.id, workspace.slug, sealed],
      ]),
    );
    return id;
  }

  /** `undefined` when there is none: it was removed, or the workspace was moved here and its secrets stayed behind. */
  async read(workspaceId: string, id: string): Promise<string | undefined> {
    const rows = await this.store.global((sql) =>
      sql.rows<{ sealed: Buffer }>('select sealed from sign_in_provider_secret where id = $1 and workspace_id = $2', [
        ...[id, workspaceId],
      ]),
    );
    const [row] = rows;
    return row && this.seal.open(`${workspaceId}/${id}`, row.sealed)?.toString();
  }

  /** The workspaces of this name that have a provider. */
  async workspacesOf(slug: string): Promise<readonly string[]> {
    const rows = await this.store.global((sql) =>
      sql.rows<{ workspaceId: string }>(
        'select distinct workspace_id as "workspaceId" from sign_in_provider_secret where slug = $1 limit 2',
        [slug],
      ),
    );
    return rows.map(({ workspaceId }) => workspaceId);
  }

  /** Clears away what is not in use, except for what somebody else may be about to use. */
  async forgetOthers(workspaceId: string, inUse: string): Promise<void> {
    await this.store.global((sql) =>
      sql.rows(
        `delete from sign_in_provider_secret
         where workspace_id = $1 and id <> $2 and created_at < now() - make_interval(mins => $3)`,
        [workspaceId, inUse, SETTLED_MINUTES],
      ),
    );
  }

  /** Secrets and who came with which subject; a provider that is set up anew finds members by their addresses again. */
  async forgetAll(workspaceId: string): Promise<void> {
    await this.store.global((connection) =>
      connection.transaction(async (sql) => {
        await sql.rows('delete from sign_in_provider_secret where workspace_id = $1', [workspaceId]);
        await sql.rows('delete from provider_identity where workspace_id = $1', [workspaceId]);
      }),
    );
  }
}
