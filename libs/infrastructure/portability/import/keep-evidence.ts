import { addForeignSealKeys, addForeignSeals, type ForeignSeal, type SealKey } from '@ledgerdesk/proof';
import type { Connections } from '@ledgerdesk/read-store';
import { readLedgerFile } from '../file/ledger-file.js';
import { type CheckedFile, refuseChangedFile } from './check-file.js';

/** Keeps what proves the history of the workspace elsewhere, so that it can be verified here too. */
export async function keepEvidence(connections: Connections, file: CheckedFile): Promise<void> {
  const { workspace } = file.header;
  await refuseChangedFile(file);
  for await (const page of readLedgerFile(file.path)) {
    const keys: SealKey[] = [];
    const seals: ForeignSeal[] = [];
    for (const line of page) {
      if (line.kind === 'seal') {
        const { seal, signature, share, leaves, path } = line;
        seals.push({ record: seal, signature, share, leaves, path });
      } else if (line.kind === 'sealKey') {
        const { ledger, number, publicKey, rotation } = line;
        keys.push({ ledger, number, publicKey, ...(rotation && { rotation }) });
      }
    }
    if (keys.length + seals.length === 0) continue;
    await connections.use(async (sql) => {
      await addForeignSealKeys(sql, workspace, keys);
      await addForeignSeals(sql, workspace, seals);
    });
  }
}
