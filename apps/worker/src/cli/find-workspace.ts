import { BEGINNING, type EventStore } from '@ledgerdesk/event-store';

/** The id of the workspace with this short name; undefined when there is none. Workspaces keep their short names for good. */
export async function findWorkspace(store: EventStore, slug: string): Promise<string | undefined> {
  for await (const found of workspacesCalled(store, slug)) return found;
  return undefined;
}

/** Whether a workspace with another id than this one has the short name. */
export async function otherWorkspaceCalled(store: EventStore, slug: string, workspaceId: string): Promise<boolean> {
  for await (const found of workspacesCalled(store, slug)) if (found !== workspaceId) return true;
  return false;
}

async function* workspacesCalled(store: EventStore, slug: string): AsyncGenerator<string> {
  for (let after = BEGINNING; ;) {
    const page = await store.readAll({ after, prefix: 'workspace-' });
    for (const { type, data } of page) {
      if (type !== 'WorkspaceOpened') continue;
      const workspace = JSON.parse(data) as { slug?: string; workspaceId?: string };
      if (workspace.slug === slug && workspace.workspaceId !== undefined) yield workspace.workspaceId;
    }
    const last = page.at(-1);
    if (!last) return;
    after = last.position;
  }
}
