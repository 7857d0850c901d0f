import { Personal } from '@ledgerdesk/kernel';
import type { Json } from './canonical-json.js';
import { type Envelope, isEnvelope } from './envelope.js';

/** Replaces one personal text or envelope; `path` is its RFC 6901 pointer. */
type Replace<From, To> = (found: From, path: string) => To;

/** A copy of an event's data with every `Personal` in it replaced. */
export function replacePersonal(data: unknown, replace: Replace<Personal, Envelope>, path = ''): unknown {
  if (data instanceof Personal) return replace(data, path);
  if (typeof data === 'object' && data !== null && !Array.isArray(data) && isEnvelope(data)) {
    throw new TypeError(`The data at ${path} looks like an envelope; only the codec makes those.`);
  }
  return mapMembers(data, path, (member, memberPath) => replacePersonal(member, replace, memberPath));
}

/** A copy of stored data with every envelope in it replaced. */
export function replaceEnvelopes(data: Json, replace: Replace<Envelope, Personal>, path = ''): unknown {
  if (typeof data === 'object' && data !== null && !Array.isArray(data) && isEnvelope(data)) return replace(data, path);
  return mapMembers(data, path, (member, memberPath) => replaceEnvelopes(member as Json, replace, memberPath));
}

function mapMembers(data: unknown, path: string, map: (member: unknown, path: string) => unknown): unknown {
  if (typeof data !== 'object' || data === null) return data;
  // Scalars hold nothing to replace; leaving them out here saves a path for each.
  const mapped = (member: unknown, key: string): unknown =>
    typeof member === 'object' && member !== null ? map(member, `${path}/${escaped(key)}`) : member;
  if (Array.isArray(data)) return data.map((item: unknown, index) => mapped(item, String(index)));
  return Object.fromEntries(Object.entries(data).map(([key, member]) => [key, mapped(member, key)]));
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
