import type { EventStore, KeyTransfer } from '@ledgerdesk/event-store';
import type { Connections, ReadStore } from '@ledgerdesk/read-store';
import { MoveRefused } from '../refused.js';
import { appendMissing } from './append-missing.js';
import type { CheckedFile } from './check-file.js';
import { compareHistory } from './compare-history.js';
import { keepEvidence } from './keep-evidence.js';
import { takeKeys } from './take-keys.js';
import { aloneWith, beginTaking, endTaking, isWhole } from './taken-history.js';

export interface ImportTools {
  readonly store: EventStore;
  /** Connections of the role `ld_app`. */
  readonly readStore: ReadStore;
  /** Connections of the role `ld_project`, for the seals that come along. */
  readonly connections: Connections;
  readonly keys: Pick<KeyTransfer, 'take'>;
  /** What others make of the events. Runs when all of them are here, and again after an interruption. */
  readonly beforeOpening: () => Promise<void>;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface ImportReport {
  /** Events that were not here before. */
  readonly added: number;
  /** Events of the file that were. */
  readonly known: number;
  /** Events of the workspace that happened here since. */
  readonly own: number;
}

/**
 * Takes over what a checked file holds and this installation does not. Repeating it changes nothing, and after an interruption it goes on.
 * @throws MoveRefused
 */
export async function importLedger(tools: ImportTools, file: CheckedFile): Promise<ImportReport> {
  const { store, readStore, keys } = tools;
  const { workspace } = file.header;
  return aloneWith(readStore, workspace, async () => {
    const standing = await compareHistory(store, file);
    const { missing, own } = standing;
    const known = file.end.events - missing;
    const whole = await readStore.run(workspace, (sql) => isWhole(sql, workspace));
    // A workspace that was never moved here is its own origin: the file is a copy of it, and there is nothing to open.
    const isOrigin = missing === 0 && whole === undefined;
    if (missing > 0 && known > 0 && whole !== false) throw inUse();
    if (!isOrigin) {
      if (missing > 0) await readStore.run(workspace, (sql) => beginTaking(sql, file));
      await takeKeys(keys, file);
      await appendMissing(store, file, standing, tools.onProgress);
      await keepEvidence(tools.connections, file);
      await tools.beforeOpening();
      if (missing > 0 || !whole) await readStore.run(workspace, (sql) => endTaking(sql, workspace));
    }
    return { added: missing, known, own };
  });
}

function inUse(): MoveRefused {
  return new MoveRefused(
    'workspace.other-history',
    'This workspace is in use here and its history is shorter than that of the file: nothing was imported.',
  );
}
