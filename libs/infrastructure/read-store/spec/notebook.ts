import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { DomainEvent, Recorded } from '@ledgerdesk/kernel';
import type { Projection } from '../projection.js';

export interface Written extends DomainEvent<'Written', { readonly words: readonly string[] }> {
  readonly type: 'Written';
}

export const NotebookRow = defineEntity({
  name: 'NotebookRow',
  tableName: 'notebook',
  properties: {
    id: p.text().primary(),
    workspaceId: p.uuid(),
    revision: p.integer(),
    words: p.array(),
    about: p.json<{ readonly last: string | null }>(),
    changedAt: p.datetime(3),
    shout: p.text().nullable().generated(`(upper(about ->> 'last')) stored`),
  },
});
export type NotebookRow = Pick<
  InferEntity<typeof NotebookRow>,
  'id' | 'workspaceId' | 'revision' | 'words' | 'about' | 'changedAt'
>;

/** The words written on each page of a notebook; `tear` removes the page. */
export function notebook(name = 'notebook'): Projection<NotebookRow> {
  return {
    name,
    version: 1,
    entity: NotebookRow,
    categories: ['notebook'],
    indexes: ['create index on {table} (workspace_id, changed_at)'],
    keysOf: ({ stream }) => [stream],
    apply: written,
  };
}

/** The row after an event: what the specs fold by themselves to compare. */
export function written(row: NotebookRow | undefined, event: Recorded, key: string): NotebookRow | undefined {
  const { words } = event.data as Written['data'];
  if (words.includes('tear')) return undefined;
  return {
    id: key,
    workspaceId: event.metadata.workspaceId,
    revision: event.revision,
    words: [...(row?.words ?? []), ...words],
    about: { last: words.at(-1) ?? null },
    changedAt: new Date(event.metadata.occurredAt),
  };
}
