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
