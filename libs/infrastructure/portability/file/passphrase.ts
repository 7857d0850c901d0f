import { createSecretKey, type KeyObject, randomBytes, scrypt } from 'node:crypto';
import { keyWrapping, type MovedKey } from '@ledgerdesk/event-store';
import { MoveRefused } from '../refused.js';
import type { KeyLine, PassphraseParameters } from './ledger-lines.js';

/** OWASP's recommendation for scrypt: 128 MiB for each guess. */
const PARAMETERS = { kdf: 'scrypt', n: 2 ** 17, r: 8, p: 1 } as const;
const KEY_BYTES = 32;
const SALT_BYTES = 16;
/** Code points. */
const SHORTEST = 12;
const LONGEST = 1_000;

/** The key that personal keys are wrapped under in one file, and what its header says about it. */
export interface FileKey {
  readonly parameters: PassphraseParameters;
  readonly key: KeyObject;
}

/** @throws MoveRefused `passphrase.weak` */
export async function newFileKey(passphrase: string): Promise<FileKey> {
  const { length } = [...passphrase];
  if (length < SHORTEST || length > LONGEST) {
    throw new MoveRefused(
      'passphrase.weak',
      `The passphrase needs ${String(SHORTEST)} to ${String(LONGEST)} characters: choose another one.`,
    );
  }
  const parameters = { ...PARAMETERS, salt: randomBytes(SALT_BYTES).toString('base64url') };
  return { parameters, key: await derive(passphrase, parameters) };
}

export async function fileKeyOf(passphrase: string, parameters: PassphraseParameters): Promise<FileKey> {
  return { parameters, key: await derive(passphrase, parameters) };
}

/** The line of a key: a destroyed one has none. A withheld key has no line: nobody here knows it. */
export function keyLine(
  { key: wrapping }: FileKey,
  workspaceId: string,
  { keyId, key }: MovedKey,
): KeyLine | undefined {
  if (key === 'withheld') return undefined;
  const wrapped = key === 'destroyed' ? null : keyWrapping.wrap(wrapping, nameOf(workspaceId, keyId), key);
  return { kind: 'key', keyId, wrapped: wrapped?.toString('base64url') ?? null };
}

/** @throws MoveRefused `passphrase.wrong` */
export function openKeyLine({ key }: FileKey, workspaceId: string, { keyId, wrapped }: KeyLine): MovedKey {
  if (wrapped === null) return { keyId, key: 'destroyed' };
  try {
    return { keyId, key: keyWrapping.unwrap(key, nameOf(workspaceId, keyId), Buffer.from(wrapped, 'base64url')) };
  } catch (error) {
    throw new MoveRefused('passphrase.wrong', 'The passphrase is not the one of this file: nothing was imported.', {
      cause: error,
    });
  }
}

function nameOf(workspaceId: string, keyId: string): string {
  return `ledgerdesk:export-key:v1|${workspaceId}|${keyId}`;
}

async function derive(passphrase: string, { n, p, r, salt }: PassphraseParameters): Promise<KeyObject> {
  const bytes = await new Promise<Buffer>((derived, failed) => {
    // Twice of what scrypt needs (128 · n · r bytes) is how Node wants its limit.
    const options = { N: n, r, p, maxmem: 256 * n * r };
    scrypt(passphrase.normalize('NFC'), Buffer.from(salt, 'base64url'), KEY_BYTES, options, (error, key) => {
      if (error) failed(error);
      else derived(key);
    });
  });
  return createSecretKey(bytes);
}
