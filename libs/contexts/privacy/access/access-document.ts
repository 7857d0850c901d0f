import type { AccessHead } from './access-head.js';
import { htmlDocument } from './html-document.js';
import { jsonDocument } from './json-document.js';
import type { PersonData } from './person-data.js';

export const ACCESS_FORMATS = ['json', 'html'] as const;
export type AccessFormat = (typeof ACCESS_FORMATS)[number];

/** The whole copy as text, in pieces; its last piece says that it is complete. */
export function accessDocument(format: AccessFormat, head: AccessHead, data: PersonData): AsyncIterable<string> {
  return format === 'html' ? htmlDocument(head, data) : jsonDocument(head, data);
}

export const CONTENT_TYPES: Readonly<Record<AccessFormat, string>> = {
  json: 'application/json; charset=utf-8',
  html: 'text/html; charset=utf-8',
};
