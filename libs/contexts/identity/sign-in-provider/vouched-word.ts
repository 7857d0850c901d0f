import type { Vouched } from './flow.js';
import type { SealedWord } from './sealed-word.js';

/** What a browser keeps between the provider and the code. */
export type VouchedWord = SealedWord<Vouched>;

/** Nest injection token of the `VouchedWord`. */
export const VOUCHED = Symbol('VouchedWord');
