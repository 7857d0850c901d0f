/** What a personal text reads as once its key was destroyed. */
export const ERASED = Symbol('erased');
export type ErasedText = typeof ERASED;

/**
 * Events that stand behind the destruction of the key `data.keyId`: from here on no text of their stream under that key can be
 * read, so whoever keeps such texts is told the whole stream again, as it reads now.
 */
export const ERASING_EVENTS: ReadonlySet<string> = new Set(['CustomerErased', 'MemberErased', 'TicketTextsErased']);

/**
 * A text about a person. Inside the process it is readable (or `ERASED`); in the ledger it is only ever an envelope under the
 * key `keyId`. Deciders pass it on and never look inside, so a decision is the same before and after an erasure.
 */
export class Personal {
  constructor(
    readonly keyId: string,
    readonly text: string | ErasedText,
  ) {}
}

/**
 * Why somebody is erased: the grounds of GDPR article 17(1). A list, because a free text would be one more text about the person
 * that outlives them.
 */
export const ERASURE_REASONS = [
  'person_asked',
  'consent_withdrawn',
  'no_longer_needed',
  'unlawful',
  'legal_duty',
] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];
