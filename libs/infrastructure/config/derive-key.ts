import { hkdfSync } from 'node:crypto';

/**
 * A 32-byte key for one purpose, derived by HKDF-SHA256 from the installation key. Different purposes give independent keys, so
 * a leak of one tells nothing about another, and the operator guards a single secret.
 */
export function deriveKey(installationKey: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', installationKey, 'ledgerdesk', purpose, 32));
}
