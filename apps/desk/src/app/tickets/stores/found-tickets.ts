import { inject, linkedSignal, resource, signal } from '@angular/core';
import type { Signal } from '@angular/core';
import { Api, listTickets } from '@ledgerdesk/web-api';
import type { TicketSummary } from '@ledgerdesk/web-api';
import { CurrentTicket } from './current-ticket';

const SHOWN = 8;
const PAUSE_MS = 200;

/** A search for another ticket than the open one, by number or words, while a person types. */
export interface FoundTickets {
  /** What is looked for; empty: nothing yet. */
  readonly query: Signal<string>;
  /** A few of the tickets found. The last answer stays while the next one is on its way. */
  readonly shown: Signal<readonly TicketSummary[]>;
  typed(text: string): void;
}

/** Call it in an injection context. */
export function foundTickets(): FoundTickets {
  const api = inject(Api);
  const current = inject(CurrentTicket);
  const query = signal('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tickets = resource({
    params: () => query() || undefined,
    loader: ({ params }) => api.invoke(listTickets, { q: params, limit: SHOWN + 1 }),
  });
  const shown = linkedSignal<readonly TicketSummary[] | undefined, readonly TicketSummary[]>({
    source: () => (query() === '' ? [] : tickets.hasValue() ? tickets.value().data : undefined),
    computation: (found, before) =>
      (found ?? before?.value ?? []).filter(({ id }) => id !== current.id()).slice(0, SHOWN),
  });
  return {
    query,
    shown,
    typed: (text) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        query.set(text.trim());
      }, PAUSE_MS);
    },
  };
}
