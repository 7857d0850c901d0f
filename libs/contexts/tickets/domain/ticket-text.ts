import { characters, DomainError, seenLine, seenProse } from '@ledgerdesk/kernel';
import type { FieldValue } from './ticket.js';

export const LIMITS = {
  subject: 255,
  body: 65_536,
  handoff: 10_000,
  reason: 500,
  category: 100,
  tag: 50,
  tags: 20,
  fieldText: 2_000,
  fields: 50,
  links: 50,
  /** Tickets whose stories show in one. */
  merged: 50,
  /** Messages that one split moves, and that one ticket may have moved in all. */
  split: 100,
  moved: 1_000,
} as const;

function limited(text: string, most: number, what: string): string {
  if (text.length === 0) throw new DomainError('invalid', `ticket.${what}-empty`, `The ${what} has no visible text.`);
  if (characters(text) > most) {
    throw new DomainError(
      'invalid',
      `ticket.${what}-too-long`,
      `The ${what} is longer than ${String(most)} characters.`,
    );
  }
  return text;
}

/** @throws DomainError `ticket.subject-empty`, `ticket.subject-too-long` */
export function subjectText(text: string): string {
  return limited(seenLine(text), LIMITS.subject, 'subject');
}

/** Prose keeps its lines and its joiners (scripts and emoji need them); only controls go. Codes `ticket.<what>-empty|too-long`. */
export function proseText(text: string, most: number, what: string): string {
  return limited(seenProse(text), most, what);
}

/** A category or subcategory; null or nothing visible clears it. @throws DomainError `ticket.category-too-long` */
export function categoryText(text: string | null): string | null {
  const seen = text === null ? '' : seenLine(text);
  return seen === '' ? null : limited(seen, LIMITS.category, 'category');
}

/**
 * Tags in the one form in which they are stored and compared: compatibility forms folded, lower case, hyphens for spaces,
 * without repetition and sorted. @throws DomainError `ticket.tag-empty`, `ticket.tag-too-long`
 */
export function tagTexts(tags: readonly string[]): readonly string[] {
  const folded = tags.map((tag) =>
    limited(seenLine(tag.normalize('NFKC')).toLowerCase().replaceAll(' ', '-'), LIMITS.tag, 'tag'),
  );
  return [...new Set(folded)].sort();
}

/** Names of custom fields are identifiers. @throws DomainError `ticket.field-name` */
export function fieldName(name: string): string {
  if (/^[a-z][a-z0-9_]{0,39}$/.test(name)) return name;
  throw new DomainError(
    'invalid',
    'ticket.field-name',
    'A field is named by a small letter followed by at most 39 small letters, digits and underscores.',
  );
}

/** Null and empty texts take the field away. @throws DomainError `ticket.field-too-long`, `ticket.field-number` */
export function fieldValue(value: FieldValue | null): FieldValue | null {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new DomainError('invalid', 'ticket.field-number', 'A field holds finite numbers only.');
  }
  if (typeof value === 'number') return value === 0 ? 0 : value;
  if (typeof value !== 'string') return value;
  return value.trim() === '' ? null : proseText(value, LIMITS.fieldText, 'field');
}
