import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE, type EventStore, Ledger, readWhole } from '@ledgerdesk/event-store';
import { DomainError, type Recorded } from '@ledgerdesk/kernel';
import type { CustomerEvent } from '../domain/customer.events.js';
import { customerView, type CustomerView } from '../domain/customer-view.js';

/** Folds customers from the ledger itself, so that the answer of a write is never behind. */
@Injectable()
export class CustomerViews {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(Ledger) private readonly ledger: Ledger,
  ) {}

  /** @throws DomainError not-found `customer.not-found` */
  async of(stream: string): Promise<CustomerView> {
    const events = await this.ledger.open(await readWhole(this.store, stream));
    // The category of a stream says which events it holds.
    const view = customerView(events as readonly Recorded<CustomerEvent>[]);
    if (!view) throw customerNotFound();
    return view;
  }
}

/** The one answer for customers that do not exist or belong to others. */
export function customerNotFound(): DomainError {
  return new DomainError('not-found', 'customer.not-found', 'There is no such customer.');
}
