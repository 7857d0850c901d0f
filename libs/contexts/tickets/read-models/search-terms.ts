import type { TicketChannel, TicketPriority, TicketStatus } from '../domain/ticket.js';

export const OPERATORS = [':', '>=', '<=', '>', '<'] as const;
export type Operator = (typeof OPERATORS)[number];

export const AGE_UNITS = ['m', 'h', 'd', 'w'] as const;
export type AgeUnit = (typeof AGE_UNITS)[number];

/** `now-7d`, a day (UTC) or an instant, as it was written. */
export type When =
  | { readonly kind: 'age'; readonly amount: number; readonly unit: AgeUnit }
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'instant'; readonly instant: string };

/** A member or a team: oneself, nobody, or a name or id that the asker has to look up. */
export type Who =
  { readonly kind: 'me' } | { readonly kind: 'none' } | { readonly kind: 'named'; readonly name: string };

export const HAS = ['assignee', 'team', 'category', 'tag', 'external'] as const;
export type Has = (typeof HAS)[number];

/** What one term asks for. Lists are alternatives: any of them will do. */
export type Ask =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'phrase'; readonly text: string }
  | { readonly kind: 'status'; readonly values: readonly (TicketStatus | 'unsolved')[] }
  | { readonly kind: 'priority'; readonly operator: Operator; readonly values: readonly TicketPriority[] }
  | { readonly kind: 'channel'; readonly values: readonly TicketChannel[] }
  | { readonly kind: 'tag' | 'category' | 'external'; readonly values: readonly string[] }
  | { readonly kind: 'number'; readonly values: readonly number[] }
  | { readonly kind: 'assignee' | 'team'; readonly values: readonly Who[] }
  | { readonly kind: 'created' | 'updated'; readonly operator: Operator; readonly when: When }
  | { readonly kind: 'requester'; readonly value: string }
  | { readonly kind: 'has'; readonly value: Has };

/** One condition of a search; all terms must hold. `-` before a term turns it round. */
export type SearchTerm = Ask & { readonly not: boolean };
