import type { MemoryLedger } from './memory-ledger.js';
import { asked, type SpecDatabase } from './notebook-database.js';
import { type NotebookRow, written } from './notebook.js';

/** What the rows must be, by a fold that knows no pages, transactions or caches. */
export function folded(ledger: MemoryLedger): readonly NotebookRow[] {
  const rows = new Map<string, NotebookRow>();
  for (const { content, stream } of ledger.events) {
    if (content instanceof Error || content.type !== 'Written') continue;
    const row = written(rows.get(stream), content, stream);
    if (row) rows.set(stream, row);
    else rows.delete(stream);
  }
  return [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What is read under the stable name. */
export function stored(database: SpecDatabase): Promise<readonly NotebookRow[]> {
  return asked<NotebookRow>(
    database,
    `select id, workspace_id as "workspaceId", revision, words, about, changed_at as "changedAt"
     from notebook order by id collate "C"`,
  );
}
