import type { Personal } from '@ledgerdesk/kernel';

/** Who a ticket is about, as they were written when it was opened. `keyId` seals every personal text of the stream. */
export interface RequesterData {
  readonly customerId: string;
  readonly keyId: string;
  readonly name: Personal | null;
  readonly address: Personal | null;
}

/** A ticket as people speak of it. */
export interface TicketName {
  readonly ticketId: string;
  readonly number: number;
}

/** A ticket whose story shows in another one, with the person that its messages are about. */
export interface MergedTicket extends TicketName {
  readonly customerId: string;
  readonly keyId: string;
}
