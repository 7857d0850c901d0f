import { hash } from 'node:crypto';
import { v7 } from 'uuid';

const NAMESPACE = Buffer.from('b7a4b6f88c2e5c0e9a573f1d3a6c1e70', 'hex');
/** The two bits that mark an RFC 9562 UUID, as the first digit of its fourth group. */
const VARIANTS = '89ab';

/** A fresh UUIDv7: sorts by the instant of its creation. */
export function newId(): string {
  return v7();
}

/**
 * The same UUIDv5 for the same words, for ids that must come out alike on every retry. Made by hand because every event needs
 * several, and the function of the library takes three times as long.
 */
export function nameId(...words: readonly string[]): string {
  const digits = hash('sha1', Buffer.concat([NAMESPACE, Buffer.from(JSON.stringify(words))]), 'hex');
  const variant = VARIANTS.charAt(Number.parseInt(digits.charAt(16), 16) % VARIANTS.length);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-5${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

/** The id of a command, equal for every retry of one request, so that the retry finds what the first attempt stored. */
export function commandId(workspaceId: string, principal: string, route: string, idempotencyKey: string): string {
  return nameId('command', workspaceId, principal, route, idempotencyKey);
}

/** The workspace of what belongs to the installation and to no tenant: nobody has a seat in it, nobody can sign in to it. */
export const PLATFORM_WORKSPACE = nameId('platform');
