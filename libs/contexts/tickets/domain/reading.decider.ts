import type { Decider, DomainEvent } from '@ledgerdesk/kernel';

/** Where message text was shown. */
export type ReadThrough = 'list' | 'ticket' | 'timeline' | 'ledger';

/** An auditor is about to see texts of these tickets. Every reading is a stream of its own. */
export class RecordReading {
  constructor(
    readonly readingId: string,
    readonly memberId: string,
    readonly through: ReadThrough,
    readonly ticketIds: readonly string[],
  ) {}
}

/** An auditor saw texts of these tickets. */
export type MessageTextRead = DomainEvent<
  'MessageTextRead',
  { readonly memberId: string; readonly through: ReadThrough; readonly ticketIds: readonly string[] }
>;

/** Readings are only ever added. The state is whether it has been written down. */
export const readingDecider: Decider<RecordReading, boolean, MessageTextRead> = {
  category: 'reading',
  initial: false,
  target: ({ readingId }) => readingId,
  decide: ({ memberId, through, ticketIds }, written) =>
    written ? [] : [{ type: 'MessageTextRead', data: { memberId, through, ticketIds } }],
  evolve: () => true,
};
