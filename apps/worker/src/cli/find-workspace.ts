import { BEGINNING, type EventStore } from '@ledgerdesk/event-store';

/** The id of the workspace with this short name; undefined when there is none. Workspaces keep their short names for good. */
export async function findWorkspace(store: EventStore, slug: string): Promise<string | undefined> {
  for (let after = BEGINNING; ;) {
    const page = await store.readAll({ after, prefix: 'workspace-' });
    for (const { type, data } of page) {
      if (type !== 'WorkspaceOpened') continue;
      const workspace = JSON.parse(data) as { slug?: string; workspaceId?: string };
      if (workspace.slug === slug) return workspace.workspaceId;
    }
    const last = page.at(-1);
    if (!last) return undefined;
    after = last.position;
  }
}
