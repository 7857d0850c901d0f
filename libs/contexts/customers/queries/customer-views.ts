import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE, type EventStore, Ledger, readWhole } from '@ledgerdesk/event-store';
import { DomainError, fold, type Recorded } from '@ledgerdesk/kernel';
import { customerDecider } from '../domain/customer.decider.js';
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
    return (await this.withKey(stream)).view;
  }

  /** With the key that seals everything about them. @throws DomainError not-found `customer.not-found` */
  async withKey(stream: string): Promise<{ readonly view: CustomerView; readonly keyId: string }> {
    // The category of a stream says which events it holds.
    const events = (await this.ledger.open(await readWhole(this.store, stream))) as readonly Recorded<CustomerEvent>[];
    const view = customerView(events);
    const customer = fold(customerDecider, events);
    if (!view || !customer) throw customerNotFound();
    return { view, keyId: customer.keyId };
  }
}

/** The one answer for customers that do not exist or belong to others. */
export function customerNotFound(): DomainError {
  return new DomainError('not-found', 'customer.not-found', 'There is no such customer.');
}
