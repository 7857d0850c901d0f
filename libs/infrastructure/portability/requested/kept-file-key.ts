import { keyWrapping, type KeyRing } from '@ledgerdesk/event-store';
import { type FileKey, newFileKey } from '../file/passphrase.js';
import type { PassphraseParameters } from '../file/ledger-lines.js';
import type { ClaimedExport, ExportRequest } from './ledger-export-table.js';

type Kept = Pick<ExportRequest, 'protection' | 'wrappedKey'>;

/**
 * The key of a file that a worker will write later, made of the passphrase and wrapped by the key of the workspace: the passphrase itself is
 * kept nowhere.
 * @throws MoveRefused `passphrase.weak`
 */
export async function keepFileKey(ring: KeyRing, workspaceId: string, id: string, passphrase: string): Promise<Kept> {
  const { parameters, key } = await oneAtATime(() => newFileKey(passphrase));
  const wrappedKey = keyWrapping.wrap(await ring.workspaceKey(workspaceId), nameOf(workspaceId, id), key);
  return { protection: JSON.stringify(parameters), wrappedKey };
}

export async function keptFileKey(
  ring: KeyRing,
  { id, workspaceId, protection, wrappedKey }: ClaimedExport,
): Promise<FileKey | undefined> {
  if (protection === null || wrappedKey === null) return undefined;
  const key = keyWrapping.unwrap(await ring.workspaceKey(workspaceId), nameOf(workspaceId, id), wrappedKey);
  return { parameters: JSON.parse(protection) as PassphraseParameters, key };
}

function nameOf(workspaceId: string, id: string): string {
  return `export-file-key|${workspaceId}|${id}`;
}

let turn: Promise<unknown> = Promise.resolve();

/** Making a key takes 128 MiB for half a second: requests take turns. */
function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const mine = turn.then(work, work);
  turn = mine.catch(() => undefined);
  return mine;
}
