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
const PREVIOUS_MEMBER = '"previousHash":"';
/** A text that stands in JSON as it is. */
const PLAIN_VALUE = /:"[^"\\\u0000-\u001f]*"/g;

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
  if (!text.isWellFormed() || !isOrderly(text.replaceAll(PLAIN_VALUE, ':0'))) return undefined;
  const hash = valueOf(text, HASH_MEMBER);
  if (hash?.length !== HASH_LENGTH) return undefined;
  return { hash, previousHash: valueOf(text, PREVIOUS_MEMBER), withoutHash: cut(text) };
}

/** No value holds a quotation mark here, so the first match is the member itself. */
function valueOf(text: string, member: string): string | undefined {
  const begin = text.indexOf(member);
  return begin === -1 ? undefined : text.slice(begin + member.length, text.indexOf('"', begin + member.length));
}

function cut(text: string): string {
  const begin = text.indexOf(HASH_MEMBER);
  const end = begin + HASH_MEMBER.length + HASH_LENGTH + 1;
  return text[end] === ',' ? text.slice(0, begin) + text.slice(end + 1) : text.slice(0, begin - 1) + text.slice(end);
}

/** Names of members in the order of their text, with nothing else; few, because the desk writes few. */
const knownShapes = new Map<string, boolean>();
const MOST_SHAPES = 1_000;

/** Whether an object whose values were all replaced by 0 is canonical, with at least the hash and one member more. */
function isOrderly(shape: string): boolean {
  const known = knownShapes.get(shape);
  if (known !== undefined) return known;
  const value = objectOf(shape);
  // A colon in a name may be all that is left of a quotation mark at a wrong place.
  const names = Object.keys(value ?? {});
  const isPlain = names.length > 1 && names.every((name) => !name.includes(':') && value?.[name] === 0);
  const orderly = isPlain && canonicalOrNothing(value ?? {}) === shape;
  if (knownShapes.size < MOST_SHAPES) knownShapes.set(shape, orderly);
  return orderly;
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
