import { UnstorableText } from '../errors.js';

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * The one canonical text of a JSON value (RFC 8785): keys in UTF-16 order, numbers as ECMAScript prints them, no white space.
 * Members that are `undefined` are left out.
 * @throws UnstorableText for NUL and half surrogate pairs, which stores would silently change
 * @throws TypeError for what JSON can't hold (NaN, functions, cycles end in a RangeError)
 */
export function canonicalText(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return numeral(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalText(item)).join(',')}]`;
  if (typeof value === 'object' && isPlain(value)) return members(value);
  throw new TypeError(`JSON has no place for ${typeof value === 'object' ? 'a class instance' : typeof value}.`);
}

/** Whether the text holds only characters that every store gives back unchanged. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function quoted(text: string): string {
  if (!isStorable(text)) throw new UnstorableText('A text');
  return JSON.stringify(text);
}

function numeral(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`JSON has no number ${String(value)}.`);
  // ECMAScript prints -0 as "0", which is also what the RFC asks for.
  return String(value);
}

function members(object: object): string {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  // The default order of sort() is by UTF-16 code units, which is the RFC's.
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, value]) => `${quoted(key)}:${canonicalText(value)}`).join(',')}}`;
}

function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === Object.prototype || prototype === null;
}
