import type { StoredEvent } from '../event-store.js';
import { canonicalText } from './canonical-json.js';
import { eventHash } from './hash-chain.js';

/** How a stored event is tied to its stream: its own hash, and that of the event before it. */
export interface Link {
  readonly hash: string;
  readonly previousHash: unknown;
}

interface OpenedMetadata extends Link {
  /** Canonical text of the metadata without the hash. */
  readonly withoutHash: string;
}

const HASH_MEMBER = '"hash":"';
const HASH_LENGTH = 64;
const ONLY_FAST = /[\\\u0000-\u001f]/;

/**
 * The link of an event as its stored bytes say, or what is wrong with them: metadata that is not canonical text (otherwise white
 * space could change without changing the hash), or a hash that is not the event's.
 */
export function linkOf(event: Omit<StoredEvent, 'position'>): Link | 'metadata' | 'hash' {
  const metadata = spliced(event.metadata) ?? parsed(event.metadata);
  if (!metadata) return 'metadata';
  return eventHash({ ...event, metadataWithoutHash: metadata.withoutHash }) === metadata.hash ? metadata : 'hash';
}

/** The same without looking whether the hash is right, for events that were checked before. */
export function statedLink(metadata: string): Link | undefined {
  return spliced(metadata) ?? parsed(metadata);
}

/**
 * The usual case by cutting: a flat object of strings without escapes, its members in order, is canonical as it stands, so the hash can
 * be cut out of the text. Everything else answers `undefined` and is parsed; a property test says that both agree.
 */
export function spliced(text: string): OpenedMetadata | undefined {
  if (ONLY_FAST.test(text) || !text.isWellFormed()) return undefined;
  const parts = text.split('"');
  const last = parts.length - 1;
  if (last < 8 || last % 4 !== 0 || parts[0] !== '{' || parts[last] !== '}') return undefined;
  let before = '';
  let previousHash: string | undefined;
  let hash: string | undefined;
  for (let at = 1; at < last; at += 4) {
    const key = parts[at] ?? '';
    if ((at > 1 && key <= before) || parts[at + 1] !== ':' || (at + 3 < last && parts[at + 3] !== ','))
      return undefined;
    if (key === 'hash') hash = parts[at + 2];
    else if (key === 'previousHash') previousHash = parts[at + 2];
    before = key;
  }
  return hash?.length === HASH_LENGTH ? { hash, previousHash, withoutHash: cut(text) } : undefined;
}

/** No value holds a quotation mark here, so the first match is the member itself. */
function cut(text: string): string {
  const begin = text.indexOf(HASH_MEMBER);
  const end = begin + HASH_MEMBER.length + HASH_LENGTH + 1;
  return text[end] === ',' ? text.slice(0, begin) + text.slice(end + 1) : text.slice(0, begin - 1) + text.slice(end);
}

/** Any metadata, the slow way. */
export function parsed(text: string): OpenedMetadata | undefined {
  const metadata = objectOf(text);
  if (!metadata || canonicalOrNothing(metadata) !== text) return undefined;
  const { hash, ...rest } = metadata;
  if (typeof hash !== 'string') return undefined;
  return { hash, previousHash: rest.previousHash, withoutHash: canonicalText(rest) };
}

function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function canonicalOrNothing(value: object): string | undefined {
  try {
    return canonicalText(value);
  } catch {
    return undefined;
  }
}
