import { type EventStore, linkOf } from '@ledgerdesk/event-store';
import { readLedgerFile } from '../file/ledger-file.js';
import { MoveRefused } from '../refused.js';
import { workspaceHistory } from '../workspace-history.js';
import { type CheckedFile, refuseChangedFile } from './check-file.js';
import { StreamEnds } from './stream-ends.js';

/** What this installation has of the history in a file. */
export interface Standing {
  /** Where the workspace's streams end here. */
  readonly here: StreamEnds;
  /** Events of the file that are not here yet. */
  readonly missing: number;
  /** Events of the workspace here that are not in the file. */
  readonly own: number;
}

/**
 * Compares a file with what is here of its workspace. Good are: nothing, the beginning of the file (an import that was interrupted, or an
 * older export), all of it, and all of it with what has happened here since.
 * @throws MoveRefused `workspace.other-history`
 */
export async function compareHistory(store: EventStore, file: CheckedFile): Promise<Standing> {
  const here = new StreamEnds();
  let own = 0;
  let shared = 0;
  for await (const page of workspaceHistory(store, file.header.workspace, await store.head())) {
    for (const event of page) {
      const link = linkOf(event);
      if (typeof link === 'string') throw otherHistory();
      const end = file.ends.get(event.stream);
      // Each hash covers all events before it, so the last one that both have decides.
      if (end?.revision === event.revision && end.hash !== link.hash) throw otherHistory();
      if (end && event.revision <= end.revision) shared += 1;
      else own += 1;
      here.set(event.stream, { revision: event.revision, hash: link.hash });
    }
  }
  const missing = file.end.events - shared;
  if (missing > 0 && own > 0) throw otherHistory();
  if (missing > 0 && shared > 0) await refuseOtherBeginning(file, here, shared);
  return { here, missing, own };
}

/** What is here must be the first events of the file: in its order, and nothing in between. */
async function refuseOtherBeginning(file: CheckedFile, here: StreamEnds, shared: number): Promise<void> {
  await refuseChangedFile(file);
  let seen = 0;
  for await (const page of readLedgerFile(file.path)) {
    for (const line of page) {
      if (line.kind !== 'event' || seen === shared) continue;
      seen += 1;
      const end = here.get(line.stream);
      if (!end || line.revision > end.revision) throw otherHistory();
      const link = linkOf(line);
      if (line.revision === end.revision && (typeof link === 'string' || link.hash !== end.hash)) throw otherHistory();
    }
    if (seen === shared) return;
  }
}

function otherHistory(): MoveRefused {
  return new MoveRefused(
    'workspace.other-history',
    'This workspace is here already, and its history is another one than that of the file: nothing was imported.',
  );
}
