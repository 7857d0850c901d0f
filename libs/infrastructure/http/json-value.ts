import type { PlaceError } from './problem.js';
import { pointerOf } from './validation.js';

/** Deeper JSON than this has no use here, and recursive code must not meet it. */
export const DEEPEST = 32;

/** Names that reach the prototype of an object when somebody merges carelessly. */
const POLLUTING = new Set(['__proto__', 'constructor', 'prototype']);
/** The tenant and the person come from the credential only. */
const TENANT = new Set(['workspaceid', 'workspace_id', 'accountid', 'account_id']);

/**
 * The first place of a parsed JSON value that no operation accepts: too deep, a polluting or tenant key, text that Postgres
 * can't keep (NUL, half a surrogate pair), a number that does not survive a double unchanged.
 */
export function unacceptable(value: unknown, path: readonly string[] = []): PlaceError | undefined {
  switch (typeof value) {
    case 'string':
      return isStorable(value) ? undefined : place(path, 'text.unstorable', 'NUL and lone surrogates are not text.');
    case 'number':
      return isExact(value) ? undefined : place(path, 'number.inexact', 'The number can not be kept exactly.');
    case 'object':
      return value === null ? undefined : inContainer(value, path);
    default:
      return undefined;
  }
}

function inContainer(value: object, path: readonly string[]): PlaceError | undefined {
  if (path.length >= DEEPEST) return place([], 'json.too-deep', `JSON may be nested ${String(DEEPEST)} levels deep.`);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      if (typeof item === 'boolean') continue;
      const found = unacceptable(item, [...path, String(index)]);
      if (found) return found;
    }
    return undefined;
  }
  for (const [key, item] of Object.entries(value)) {
    const found = inKey(key, path) ?? unacceptable(item, [...path, key]);
    if (found) return found;
  }
  return undefined;
}

/** Also for the names of query parameters. */
export function inKey(key: string, path: readonly string[]): PlaceError | undefined {
  if (POLLUTING.has(key)) return place([...path, key], 'key.refused', 'This name is not accepted anywhere.');
  if (TENANT.has(key.toLowerCase())) {
    return place([...path, key], 'tenant.from-credential', 'Workspace and account come from the credential only.');
  }
  return isStorable(key) ? undefined : place(path, 'text.unstorable', 'NUL and lone surrogates are not text.');
}

export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function isExact(number: number): boolean {
  return Number.isFinite(number) && Math.abs(number) <= Number.MAX_SAFE_INTEGER && !Object.is(number, -0);
}

function place(path: readonly string[], code: string, message: string): PlaceError {
  return { pointer: pointerOf(path), code, message };
}
