import { hash } from 'node:crypto';
import { general } from './general-problems.js';
import { ProblemError } from './problem.js';

/** `"<version>-<hash of the representation>"`. */
export function etagOf(version: number, representation: string): string {
  return `"${String(version)}-${hash('sha1', representation, 'base64url').slice(0, 16)}"`;
}

/**
 * The version that a writer has seen, from `If-Match`: only the version part counts, because the same version can be shown in
 * several ways. `*` means that the writer does not care: `undefined`.
 * @throws ProblemError 428 without the header, 400 when it is no ETag of ours
 */
export function versionOf(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined) throw new ProblemError(general.preconditionRequired);
  if (ifMatch.trim() === '*') return undefined;
  const version = /^"(\d{1,15})-[\w-]{1,64}"$/.exec(ifMatch.trim())?.[1];
  if (version === undefined) {
    throw new ProblemError(general.invalid, 'If-Match does not hold an ETag of this API.', [
      { pointer: '@If-Match', code: 'etag.malformed', message: 'Send one ETag exactly as it was received, or *.' },
    ]);
  }
  return Number(version);
}

/** Whether the caller already holds this representation (`If-None-Match`). */
export function isKnown(etag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}
