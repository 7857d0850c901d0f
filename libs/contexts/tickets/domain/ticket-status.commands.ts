import { DomainError } from '@ledgerdesk/kernel';
import type { SolvedPolicy } from './ticket.js';

export class PendTicket {
  /** RFC 3339 UTC, or null: until the customer writes. */
  readonly until: string | null;
  constructor(
    readonly ticketId: string,
    until: string | null = null,
  ) {
    const instant = until === null ? null : new Date(until);
    if (instant !== null && Number.isNaN(instant.getTime())) {
      throw new DomainError('invalid', 'ticket.until-invalid', 'Pending needs an instant (RFC 3339) to wait for.');
    }
    this.until = instant === null ? null : instant.toISOString();
  }
}

export class HoldTicket {
  constructor(readonly ticketId: string) {}
}

export class SolveTicket {
  constructor(
    readonly ticketId: string,
    /** How long it can be reopened, and when it is closed: what the workspace has set. */
    readonly policy: SolvedPolicy,
  ) {}
}

export class ReopenTicket {
  constructor(readonly ticketId: string) {}
}

export class CloseTicket {
  constructor(readonly ticketId: string) {}
}

export class MarkSpam {
  constructor(readonly ticketId: string) {}
}

export class TrashTicket {
  constructor(readonly ticketId: string) {}
}

/** Back from spam or trash, within 30 days. */
export class RestoreTicket {
  constructor(readonly ticketId: string) {}
}

/** Issued by the timer of a pending ticket; quiet when the ticket has moved on. */
export class WakeTicket {
  constructor(readonly ticketId: string) {}
}
