import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { canonicalText } from '@ledgerdesk/event-store';
import { z } from 'zod';
import { PublicKey } from '../format/seal-keys.js';
import { DOMAIN, jsonOf, seal, textHash } from '../format/texts.js';

const anchor = z.strictObject({
  format: z.literal('ledgerdesk-anchor'),
  version: z.literal(1),
  publicKey: z.string(),
  seal,
  signature: z.string(),
});

/** The newest seal as it stands outside the database. */
export interface Anchor {
  readonly number: number;
  readonly hash: string;
  readonly ledger: string;
  readonly sealedAt: string;
}

/** The file is there but is no anchor: it was damaged, or something else has its name. */
export class DamagedAnchor extends Error {
  override readonly name = 'DamagedAnchor';
  constructor(file: string) {
    super(
      `The anchor ${file} is damaged: put it back from a copy, or move it away and check the ledger with "ledgerdesk verify".`,
    );
  }
}

/** What the anchor says; `undefined` when there is none yet. Its signature is checked with the key that it names. @throws DamagedAnchor */
export async function readAnchor(file: string): Promise<Anchor | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const parsed = anchor.safeParse(jsonOf(text)).data;
  const record = parsed && canonicalText(parsed.seal);
  const key = parsed && PublicKey.parse(parsed.publicKey);
  if (!record || key?.id !== parsed.seal.keyId || !key.verifies(DOMAIN.seal, record, parsed.signature))
    throw new DamagedAnchor(file);
  const { number, ledger, sealedAt } = parsed.seal;
  return { number, ledger, sealedAt, hash: textHash(DOMAIN.seal, record) };
}

/** Puts a seal into the file, whole or not at all, also when the power goes. */
export async function writeAnchor(
  file: string,
  { record, signature, publicKey }: { readonly record: string; readonly signature: string; readonly publicKey: string },
): Promise<void> {
  const content = { format: 'ledgerdesk-anchor', version: 1, publicKey, seal: JSON.parse(record) as object, signature };
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${randomUUID()}.new`;
  const handle = await open(draft, 'w', 0o644);
  try {
    await handle.writeFile(`${canonicalText(content)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
