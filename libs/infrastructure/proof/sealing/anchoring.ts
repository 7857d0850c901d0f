import { rename } from 'node:fs/promises';
import type { Connections } from '@ledgerdesk/read-store';
import type { SealKey } from '../format/trusted-keys.js';
import { PublicKey } from '../format/seal-keys.js';
import { seal as sealSchema } from '../format/texts.js';
import { type Anchor, readAnchor, writeAnchor } from './anchor.js';
import { lockSeals, newestSeal, sealHash, sealKeys, sealRecord } from './seal-table.js';

/** The anchor knows a seal that the database does not have: the ledger was cut off or replaced, or an old backup was restored. */
export class AnchorConflict extends Error {
  override readonly name = 'AnchorConflict';
  constructor(
    readonly file: string,
    readonly anchor: Anchor,
  ) {
    super(
      `The ledger does not hold seal ${String(anchor.number)} of ${anchor.sealedAt}, which ${file} knows: the end of the ledger is missing or was replaced. ` +
        'Find out why; after restoring a backup on purpose, type "ledgerdesk seals --new-anchor".',
    );
  }
}

/**
 * Brings the anchor to the newest seal. It only ever moves along the chain that it is on, so a ledger that was cut off can't hide behind
 * new seals. @throws AnchorConflict, DamagedAnchor
 */
export async function moveAnchor(connections: Connections, file: string): Promise<void> {
  await connections.use((sql) =>
    sql.transaction(async (transaction) => {
      // Two processes with the same file would else put an older seal over a newer one.
      await lockSeals(transaction);
      const anchor = await readAnchor(file);
      if (anchor && (await sealHash(transaction, anchor.number)) !== anchor.hash)
        throw new AnchorConflict(file, anchor);
      const { end } = await newestSeal(transaction);
      const newest = end.number === (anchor?.number ?? 0) ? undefined : await sealRecord(transaction, end.number);
      if (newest)
        await writeAnchor(file, { ...newest, publicKey: publicKeyOf(newest.record, await sealKeys(transaction)) });
    }),
  );
}

/** Puts the anchor aside, under a name that says where it stood, and begins a new one. Answers with the name. */
export async function renewAnchor(connections: Connections, file: string): Promise<string | undefined> {
  const anchor = await readAnchor(file);
  const aside = anchor && `${file}.${String(anchor.number)}-${anchor.hash.slice(0, 12)}`;
  if (aside) await rename(file, aside);
  await moveAnchor(connections, file);
  return aside;
}

function publicKeyOf(record: string, keys: readonly SealKey[]): string {
  const { keyId, ledger } = sealSchema.parse(JSON.parse(record));
  const number = keys.findIndex((key) => key.ledger === ledger && keyId === PublicKey.parse(key.publicKey)?.id);
  return keys[number]?.publicKey ?? '';
}
