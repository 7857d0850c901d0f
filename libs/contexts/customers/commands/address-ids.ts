import { createHmac, type KeyObject } from 'node:crypto';

/**
 * The UUID that stands for an address in the ledger: a keyed hash, so that equal addresses of one workspace meet in one stream and
 * nobody without the installation's key can test whether an address is known.
 * @param address in the form of `addressText`
 */
export function addressIdOf(key: KeyObject, workspaceId: string, address: string): string {
  const hash = createHmac('sha256', key).update(`${workspaceId}\n${address}`).digest('hex');
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `${((Number.parseInt(hash.slice(16, 17), 16) & 3) | 8).toString(16)}${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}
