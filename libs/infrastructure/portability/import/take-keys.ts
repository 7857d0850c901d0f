import type { KeyTransfer, MovedKey } from '@ledgerdesk/event-store';
import { readLedgerFile } from '../file/ledger-file.js';
import { openKeyLine } from '../file/passphrase.js';
import { type CheckedFile, refuseChangedFile } from './check-file.js';

const AT_ONCE = 1_000;

/** Keeps the keys of the file; those that texts are sealed under and that are not in it are withheld. */
export async function takeKeys(keys: Pick<KeyTransfer, 'take'>, file: CheckedFile): Promise<void> {
  const { workspace } = file.header;
  const withheld = new Set(file.keyIds);
  await refuseChangedFile(file);
  for await (const page of readLedgerFile(file.path)) {
    const opened: MovedKey[] = [];
    for (const line of page) {
      if (line.kind === 'key' && file.fileKey) opened.push(openKeyLine(file.fileKey, workspace, line));
    }
    for (const { keyId } of opened) withheld.delete(keyId);
    await keys.take(workspace, opened);
    // Keys stand before events.
    if (page.some(({ kind }) => kind === 'event')) break;
  }
  const rest = [...withheld];
  for (let from = 0; from < rest.length; from += AT_ONCE) {
    const page = rest.slice(from, from + AT_ONCE);
    await keys.take(
      workspace,
      page.map((keyId) => ({ keyId, key: 'withheld' })),
    );
  }
}
