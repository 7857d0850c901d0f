import { Injectable, computed, inject, resource } from '@angular/core';
import { Api, getTicket } from '@ledgerdesk/web-api';
import type { Ticket, TimelineEntry } from '@ledgerdesk/web-api';
import { CurrentTicket } from './current-ticket';

/** A line that stands in another ticket, as the story tells it. */
export interface FromElsewhere {
  readonly ticketId: string;
  readonly number: number;
}

/** The tickets whose stories, or messages, show in the open one: their numbers, and whom they are about. */
@Injectable({ providedIn: 'root' })
export class UnionTickets {
  private readonly api = inject(Api);
  private readonly current = inject(CurrentTicket);
  private readonly names = computed(() => {
    const { mergedTickets = [], takenFrom = [] } = this.current.view() ?? {};
    return new Map([...takenFrom, ...mergedTickets].map((name) => [name.ticketId, name] as const));
  });
  private readonly others = resource({
    params: () => JSON.stringify([...this.names().keys()]),
    loader: ({ params }) => this.readAll(JSON.parse(params) as string[]),
  });

  /** Where a line comes from, when it is not a line of the open ticket itself. */
  originOf(entry: TimelineEntry): FromElsewhere | undefined {
    return this.names().get(entry.addressedTo ?? '') ?? this.names().get(entry.ticketId);
  }

  /** Whom a message of another ticket is about; undefined for what was for the open one, and until the other was read. */
  customerOf(entry: TimelineEntry): Ticket['requester'] | undefined {
    const origin = entry.addressedTo === this.current.id() ? undefined : this.originOf(entry);
    if (origin === undefined || !this.others.hasValue()) return undefined;
    return this.others.value().get(origin.ticketId)?.requester;
  }

  private async readAll(ids: readonly string[]): Promise<ReadonlyMap<string, Ticket>> {
    const read = await Promise.allSettled(ids.map((ticketId) => this.api.invoke(getTicket, { ticketId })));
    return new Map(read.flatMap((one) => (one.status === 'fulfilled' ? [[one.value.id, one.value] as const] : [])));
  }
}
