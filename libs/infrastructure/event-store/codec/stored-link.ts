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
/** A text that stands in JSON as it is. */
const PLAIN = '[^"\\\\\\u0000-\\u001f]';
const PLAIN_VALUE = new RegExp(`:"${PLAIN}*"`, 'g');

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
  if (!text.isWellFormed()) return undefined;
  const found = known(text) ?? learned(text);
  const { hash, previousHash } = found?.groups ?? {};
  return hash === undefined ? undefined : { hash, previousHash, withoutHash: cut(text) };
}

function cut(text: string): string {
  const begin = text.indexOf(HASH_MEMBER);
  const end = begin + HASH_MEMBER.length + HASH_LENGTH + 1;
  return text[end] === ',' ? text.slice(0, begin) + text.slice(end + 1) : text.slice(0, begin - 1) + text.slice(end);
}

/** Patterns of canonical metadata, by the members it has; few, because the desk writes few. The one that was met last is tried first. */
const patterns: RegExp[] = [];
const MOST_PATTERNS = 16;

function known(text: string): RegExpExecArray | undefined {
  for (const [index, pattern] of patterns.entries()) {
    const found = pattern.exec(text);
    if (!found) continue;
    if (index > 0) patterns.unshift(...patterns.splice(index, 1));
    return found;
  }
  return undefined;
}

/** Learns a new pattern, if this is canonical text with at least the hash and one member more, and all values plain. */
function learned(text: string): RegExpExecArray | undefined {
  const shape = text.replaceAll(PLAIN_VALUE, ':0');
  const value = objectOf(shape);
  // A colon in a name may be all that is left of a quotation mark at a wrong place.
  const names = Object.keys(value ?? {});
  const isPlain = names.length > 1 && names.every((name) => !name.includes(':') && value?.[name] === 0);
  if (!isPlain || canonicalOrNothing(value ?? {}) !== shape) return undefined;
  const pattern = new RegExp(`^\\{${names.map(memberPattern).join(',')}\\}$`);
  const found = pattern.exec(text);
  if (!found) return undefined;
  patterns.unshift(pattern);
  if (patterns.length > MOST_PATTERNS) patterns.pop();
  return found;
}

function memberPattern(name: string): string {
  const member = RegExp.escape(JSON.stringify(name));
  if (name === 'hash') return `${member}:"(?<hash>${PLAIN}{${String(HASH_LENGTH)}})"`;
  return name === 'previousHash' ? `${member}:"(?<previousHash>${PLAIN}*)"` : `${member}:"${PLAIN}*"`;
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
