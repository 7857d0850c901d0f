/** What a personal text reads as once its key was destroyed. */
export const ERASED = Symbol('erased');
export type ErasedText = typeof ERASED;

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
