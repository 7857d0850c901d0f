import { canonicalText } from '@ledgerdesk/event-store';
import type { Sql } from '@ledgerdesk/read-store';
import { SigningKey } from '../format/seal-keys.js';
import { DOMAIN, type Rotation } from '../format/texts.js';
import type { SealKey } from '../format/trusted-keys.js';
import { addSealKey, lockSeals, newestSeal, sealKeys } from './seal-table.js';

/** The key that signs now, and the chain of seals that it belongs to. */
export interface CurrentKey {
  readonly ledger: string;
  readonly key: SigningKey;
}

/** A key in the database that does not come from this installation's secret: somebody has put it there, or the secret was exchanged. */
export class ForeignSealKey extends Error {
  override readonly name = 'ForeignSealKey';
  constructor(number: number) {
    super(
      `Key ${String(number)} of the seals does not belong to this installation key: start with the installation key that made it.`,
    );
  }
}

/** The key of today; the first is made when there is none. @throws ForeignSealKey */
export async function currentKey(sql: Sql, installationKey: Uint8Array): Promise<CurrentKey> {
  const keys = await ownKeys(sql, installationKey);
  const last = keys.at(-1);
  if (last) return { ledger: last.ledger, key: new SigningKey(installationKey, last.number) };
  const key = new SigningKey(installationKey, 1);
  await addSealKey(sql, { ledger: key.id, number: 1, publicKey: key.publicKey.text });
  return { ledger: key.id, key };
}

/** All keys of the installation, each of them checked against its secret: the database alone is not believed. @throws ForeignSealKey */
export async function ownKeys(sql: Sql, installationKey: Uint8Array): Promise<readonly SealKey[]> {
  const keys = await sealKeys(sql);
  for (const { number, publicKey } of keys) {
    if (new SigningKey(installationKey, number).publicKey.text !== publicKey) throw new ForeignSealKey(number);
  }
  return keys;
}

/** From the next seal on a new key signs; both keys vouch for each other, so old seals stay proved. */
export async function rotateKey(sql: Sql, installationKey: Uint8Array): Promise<SealKey> {
  return sql.transaction(async (transaction) => {
    // No seal may come in between: it would be signed by a key outside its numbers.
    await lockSeals(transaction);
    const { ledger, key: old } = await currentKey(transaction, installationKey);
    const { end, now } = await newestSeal(transaction);
    const fresh = new SigningKey(installationKey, old.number + 1);
    const rotation: Rotation = {
      at: now,
      from: old.id,
      lastSeal: { hash: end.hash, number: end.number },
      ledger,
      to: fresh.publicKey.text,
    };
    const text = canonicalText(rotation);
    const key: SealKey = {
      ledger,
      number: fresh.number,
      publicKey: fresh.publicKey.text,
      rotation: { text, from: old.sign(DOMAIN.rotation, text), to: fresh.sign(DOMAIN.rotation, text) },
    };
    await addSealKey(transaction, key);
    return key;
  });
}
