import { existsSync, readFileSync } from 'node:fs';
import { DomainError } from '@ledgerdesk/kernel';
import { PublicKey } from '@ledgerdesk/proof';

/** Public keys of seals, given as such or by files that hold them. @throws DomainError `seals.public-key-invalid` */
export function publicKeys(given: readonly string[]): readonly string[] {
  const texts = given.flatMap((text) => (existsSync(text) ? readFileSync(text, 'utf8').split(/\s+/) : [text]));
  const keys = texts.filter((text) => text.startsWith('ed25519:'));
  const wrong = keys.find((key) => !PublicKey.parse(key));
  if (wrong !== undefined || (given.length > 0 && keys.length === 0)) {
    throw new DomainError(
      'invalid',
      'seals.public-key-invalid',
      'That is not a public key of seals: it is written ed25519: and 43 more characters.',
    );
  }
  return keys;
}
